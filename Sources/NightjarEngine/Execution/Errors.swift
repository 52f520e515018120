// Raising: errors are values carried by frames, never Swift errors in flight across script frames.
// A `ScriptError` only tells the nearest Swift caller that `errorValue` is set.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Raises a message with the position of the running Lua function before it.
  @inline(never) func raise(_ message: String) -> ScriptError {
    let frame = pointee.frame
    chargeMessage(message)
    pointee.errorValue = Value(
      string(frame.pointee.isNative ? message : position(ofRunning: frame) + message)
    )
    return ScriptError()
  }

  /// Raises a message with the position of whoever called a native.
  @inline(never) func raise(_ message: String, atCallerOf call: NativeCall) -> ScriptError {
    let caller = callerFrame(of: call)
    chargeMessage(message)
    pointee.errorValue = Value(
      string(
        caller.pointee.isNative || currentLine(of: caller) == nil || forgetsCaller(caller)
          ? message : position(of: caller) + message
      )
    )
    return ScriptError()
  }

  /// Whether a native called by a Lua frame stands in its place, by which the caller is lost.
  func forgetsCaller(_ caller: FrameRef) -> Bool {
    guard prototype(of: caller).pointee.dialect.rules.tailCalledNativesForget else { return false }
    return instruction(of: caller).opcode == .tailCall
  }

  /// Charges for wording a message; they grow when they are raised again and again.
  private func chargeMessage(_ message: String) {
    pointee.fuel &-= 16 &+ Int64(message.utf8.count >> 3)
  }

  /// Raises a value as it is.
  @inline(never) func raise(value: Value) -> ScriptError {
    pointee.errorValue = value
    return ScriptError()
  }

  /// "not enough memory", without a position, as the reference has it.
  ///
  /// Where something is refused nothing can be collected; the next safepoint does, so that whoever
  /// catches the error finds room.
  @inline(never) func raiseMemory() -> ScriptError {
    pointee.heap.wasRefused = true
    requestAttention()
    pointee.tasks?.pointee.ranOut = true
    if let task = currentTask, task.pointee.flags.contains(.ranOut) {
      task.pointee.flags.insert(.ranOutAgain)
    }
    pointee.errorValue = Value(string("not enough memory"))
    return ScriptError()
  }

  /// Whether an error is that of memory.
  func isMemoryError(_ error: Value) -> Bool {
    error.isString && error.string == string("not enough memory" as StaticString)
  }

  /// An error while an overflow or an error was being handled.
  @inline(never) func raiseErrorInErrorHandling() -> ScriptError {
    pointee.errorValue = Value(string("error in error handling"))
    return ScriptError()
  }

  /// The frame that called a native: the one below if the native has a frame, else the one on top.
  func callerFrame(of call: NativeCall) -> FrameRef {
    let frame = pointee.frame
    if frame.pointee.isNative && frame.pointee.base == call.slots { return frame.below }
    return frame
  }

  /// "chunk:line: " of a Lua frame; "" for others and for code without lines.
  func position(of frame: FrameRef) -> String {
    guard !frame.pointee.isNative, let line = currentLine(of: frame) else { return "" }
    return "\(chunkName(of: prototype(of: frame))):\(line): "
  }

  /// Where an instruction failed: as above, but the reference gives code without lines the line -1.
  private func position(ofRunning frame: FrameRef) -> String {
    let name = chunkName(of: prototype(of: frame))
    if let line = currentLine(of: frame) { return "\(name):\(line): " }
    return runningDialect == .lua55 ? "\(name):?: " : "\(name):-1: "
  }
}
