// `debug.debug` (manual §6.10): runs the lines a person types on standard input, until one is "cont" or
// the input ends. Prompt and errors go to standard error.

internal import NightjarBase
internal import NightjarBytecode
package import NightjarEngine

enum DebugConsole {
  static let function = NativeDefinition.stateMachine("debug") {
    NativeCall.enter($0, $1, $2, $3, interact)
  }

  static func interact(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let streams = call.capabilities.streams else {
      throw call.raise("this machine has no standard streams")
    }
    if call.phase == NativeCall.failedPhase {
      call[2] = call[1]
      if let wait = call.toString(call[2], into: 2, then: Phase.shown) { return wait }
      report(call.bytes(of: call[2]), to: streams)
    } else if call.phase == Phase.shown {
      report(call.bytes(of: call[2]), to: streams)
    }
    try call.catchErrors()
    while true {
      do throws(SystemError) {
        try streams.output.flush()
        try streams.error.write(Array("lua_debug> ".utf8))
        try streams.error.flush()
        guard let bytes = try unsafe streams.input.readLine(keepsLineEnd: false) else {
          return call.returns()
        }
        let line = unsafe Array(bytes)
        if line == Array("cont".utf8) { return call.returns() }
        switch try compile(call, line).get() {
        case .failure(let failure): report(failure.message, to: streams)
        case .success(let function):
          call[1] = function
          return .call(at: 1, 0, then: Phase.ran)
        }
      } catch { return call.returns() }
    }
  }

  private enum Phase {
    static let ran = 1
    static let shown = 2
  }

  /// A chunk of one line; an error of the engine (no memory) ends the console like the end of input.
  private static func compile(
    _ call: NativeCall,
    _ line: [UInt8]
  ) -> Result<Result<Value, CompileFailure>, SystemError> {
    do throws(ScriptError) {
      return .success(
        try call.compile(
          line,
          chunkName: Array("=(debug command)".utf8),
          mode: nil,
          environment: nil
        )
      )
    } catch { return .failure(SystemError(code: 12, message: "not enough memory")) }
  }

  private static func report(_ message: [UInt8], to streams: StandardStreams) {
    try? streams.error.write(message + [UInt8(ascii: "\n")])
    try? streams.error.flush()
  }
}

extension Machine {
  /// Adds `debug.debug` to the debug library.
  package func openDebugConsole() {
    setField(global("debug"), "debug", makeNative(DebugConsole.function))
  }
}
