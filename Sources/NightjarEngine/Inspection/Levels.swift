// Call levels as `debug` and tracebacks count them, and what can be said of each.

internal import NightjarBase
internal import NightjarBytecode

/// How a function was called, by the calling instruction.
struct CalledName {
  /// The word before the name, as "global", "method", "metamethod", "for iterator" or "hook".
  let kind: String
  let name: String
}

/// What stands at a level of a fiber.
enum CallLevel {
  case frame(FrameRef)
  /// A call that ended in a tail call, which Lua 5.1 counts as a level of its own.
  case lost

  /// The frame, if it is one.
  var frame: FrameRef? {
    if case .frame(let frame) = self { return frame }
    return nil
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The frame at a level of a fiber: 0 is the youngest.
  func frame(atLevel level: Int, of fiber: FiberRef) -> FrameRef? {
    level < levelCount(of: fiber) ? fiber.pointee.frames + (levelCount(of: fiber) - level) : nil
  }

  /// What stands at a level of a fiber as a dialect counts them; nil beyond the last.
  func level(_ level: Int, of fiber: FiberRef, _ rules: DialectRules) -> CallLevel? {
    if !rules.countsLostCalls { return frame(atLevel: level, of: fiber).map(CallLevel.frame) }
    var remaining = level
    var frame = youngestFrame(of: fiber)
    defer { pointee.fuel &-= Int64((youngestFrame(of: fiber) - frame) >> 2) }
    while frame > fiber.pointee.frames {
      if remaining == 0 { return .frame(frame) }
      remaining -= 1 + lostCallCount(of: frame)
      if remaining < 0 { return .lost }
      frame = frame.below
    }
    return nil
  }

  /// How many levels a fiber has as a dialect counts them.
  func levelCount(of fiber: FiberRef, _ rules: DialectRules) -> Int {
    var count = levelCount(of: fiber)
    guard rules.countsLostCalls else { return count }
    var frame = youngestFrame(of: fiber)
    while frame > fiber.pointee.frames {
      count += lostCallCount(of: frame)
      frame = frame.below
    }
    return count
  }

  /// How many calls in a row ended in a tail call before the one a frame runs.
  ///
  /// Tail calls count them where the function stood (`replaceFrame`).
  func lostCallCount(of frame: FrameRef) -> Int {
    guard !frame.pointee.isNative && frame.pointee.has(Frame.Flag.tailCalled) else { return 0 }
    let count = frame.pointee.base.lowered(by: 1).pointee
    return count.isInteger ? Int(count.integer) : 1
  }

  func youngestFrame(of fiber: FiberRef) -> FrameRef {
    fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame
  }

  /// How many levels a fiber has.
  func levelCount(of fiber: FiberRef) -> Int {
    youngestFrame(of: fiber) - fiber.pointee.frames
  }

  /// The name a frame's function was called by; nil when unknown.
  func calledName(of frame: FrameRef, in fiber: FiberRef) -> CalledName? {
    if frame.pointee.has(Frame.Flag.finalizer) {
      return CalledName(kind: "metamethod", name: "__gc")
    }
    if frame.pointee.mode == .discard { return CalledName(kind: "hook", name: "?") }
    if !frame.pointee.isNative && frame.pointee.has(Frame.Flag.tailCalled),
      !prototype(of: frame).pointee.dialect.rules.namesLostCalls
    {
      return nil
    }
    let below = frame.below
    if below.pointee.has(Frame.Flag.finalizer) && below.pointee.isNative {
      return CalledName(kind: "metamethod", name: "__gc")
    }
    if below <= fiber.pointee.frames || below.pointee.isNative { return nil }
    let found = naming(of: image(of: prototype(of: below)))
      .describeCall(at: instructionIndex(of: below))
    let rules = prototype(of: below).pointee.dialect.rules
    if let found, found.kind == .forIterator, rules.namesGenerator {
      return CalledName(kind: "local", name: "(for generator)")
    }
    if let found, found.kind == .metamethod, !rules.namesMetamethods { return nil }
    return found.map {
      if $0.kind == .metamethod && !rules.hasAttributes {
        return CalledName(
          kind: $0.kind.rawValue,
          name: "__" + String(decoding: $0.name, as: UTF8.self)
        )
      }
      return CalledName(kind: $0.kind.rawValue, name: String(decoding: $0.name, as: UTF8.self))
    }
  }

  /// The function a frame runs.
  func function(of frame: FrameRef) -> Value {
    Value(object: frame.pointee.function, tag: frame.pointee.isNative ? .native : .closure)
  }
}
