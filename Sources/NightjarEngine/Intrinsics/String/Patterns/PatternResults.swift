// From the captures of a match to values.

internal import NightjarBase

extension PatternMatcher {
  /// How many values a match gives: the whole match stands in when there are no captures.
  @inline(__always) var resultCount: Int { level == 0 ? 1 : level }

  /// The `index`-th result of a match that covers `start ..< end`.
  @inline(__always)
  func result(
    _ index: Int,
    _ start: Int,
    _ end: Int,
    in call: NativeCall
  ) throws(ScriptError) -> Value {
    if index >= level {
      if index > 0 { throw Self.invalidCapture(index, in: call) }
      return try call.string(source + start, end &- start)
    }
    let length = captureLength(index)
    if length >= 0 { return try call.string(source + captureStart(index), Int(length)) }
    if length == Self.positionCapture { return Value(captureStart(index) &+ 1) }
    throw call.raise("unfinished capture")
  }

  /// Puts all results into slots from `slot` on.
  ///
  /// - Precondition: every slot written lies below the captures not yet read.
  @inline(__always)
  func putResults(
    _ start: Int,
    _ end: Int,
    at slot: Int,
    in call: NativeCall
  ) throws(ScriptError) -> Int {
    let count = resultCount
    var index = 0
    while index < count {
      call[slot &+ index] = try result(index, start, end, in: call)
      index &+= 1
    }
    return count
  }

  /// "invalid capture index", for a capture that a match does not have.
  static func invalidCapture(_ index: Int, in call: NativeCall) -> ScriptError {
    let number = call.follows(.captureErrorsSayNumber) ? " %\(index + 1)" : ""
    return call.raise("invalid capture index\(number)")
  }

  // MARK: Parking

  /// Steps taken since the matcher was made: what to charge.
  @inline(__always) var stepCount: Int { Self.sliceStepCount &- budget }

  /// Saves a parked match into three slots from `slot` on, and keeps the cells alive.
  func park(at slot: Int, in call: NativeCall) {
    call[slot] = Value(offset)
    call[slot + 1] = Value(patternOffset)
    call[slot + 2] = Value(level << 32 | depth)
    let end = captures + Self.cellCount(patternCount, in: call)
    if call.vm.pointee.top < end { call.vm.pointee.top = end }
  }

  /// Takes a parked match up.
  mutating func unpark(at slot: Int, in call: NativeCall) {
    offset = Int(call[slot].integer)
    patternOffset = Int(call[slot + 1].integer)
    level = Int(call[slot + 2].integer >> 32)
    depth = Int(call[slot + 2].integer & 0xFFFF_FFFF)
  }
}
