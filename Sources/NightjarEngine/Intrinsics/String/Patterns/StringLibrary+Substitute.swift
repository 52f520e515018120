// string.gsub. The result grows as a list of pieces in a table of its own: ranges of the source (as
// packed integers) and replacements (as strings), so that it is plain data while a callback runs or
// a match is parked. Text between two replacements is never copied before the end.
//
//   slot 1: source · 2: pattern · 3: replacement · 4: most replacements · 5: matches so far
//   6: place being tried · 7: end of the last match · 8: pieces or nil · 9: source bytes in pieces
//   10: end of the match being replaced · 11: byte count so far · 12…14: parked match · 15…: cells

internal import NightjarBase

extension StringLibrary {
  private enum Slot {
    static var source: Int { 1 }
    static var pattern: Int { 2 }
    static var replacement: Int { 3 }
    static var most: Int { 4 }
    static var matched: Int { 5 }
    static var place: Int { 6 }
    static var lastEnd: Int { 7 }
    static var pieces: Int { 8 }
    static var copied: Int { 9 }
    static var end: Int { 10 }
    static var byteCount: Int { 11 }
    static var parked: Int { 12 }
    static var cells: Int { 15 }
  }

  private enum Phase {
    static var begin: Int { 0 }
    /// A parked match goes on.
    static var goOn: Int { 1 }
    /// A callback or a metamethod has delivered a replacement.
    static var replace: Int { 2 }
  }

  /// `string.gsub`.
  static func substitute(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == Phase.begin { try beginSubstitution(&call) }
    let source = call[Slot.source].string
    let pattern = call[Slot.pattern].string
    let isAnchored = pattern.count > 0 && pattern.bytes[0] == UInt8(ascii: "^")
    // Behind the cells: a callback, its arguments, and room for operations.
    let callee = Slot.cells + PatternMatcher.captureCapacity(pattern.count)
    try call.reserve(
      PatternMatcher.cellCount(pattern.count, in: call) + PatternMatcher.captureCountMax + 8,
      after: Slot.cells
    )
    var matcher = PatternMatcher(
      source,
      pattern,
      skipping: isAnchored ? 1 : 0,
      cells: call.slots + Slot.cells,
      in: call
    )
    var place = Int(call[Slot.place].integer)
    var lastEnd = Int(call[Slot.lastEnd].integer)
    var matched = call[Slot.matched].integer
    let most = call[Slot.most].integer
    var isResumed = call.phase == Phase.goOn
    if isResumed { matcher.unpark(at: Slot.parked, in: call) }
    // Before 5.3 an empty match may stand right behind another.
    let mayTouch = !call.rules.hasIntegers
    if call.phase == Phase.replace {
      try replace(call, place, Int(call[Slot.end].integer), with: call[callee])
      let end = Int(call[Slot.end].integer)
      lastEnd = mayTouch && end > place ? -1 : end
      place = end
      if isAnchored { return try finishSubstitution(call, source) }
    }
    while matched < most || isResumed {
      let end = isResumed ? matcher.run() : matcher.match(at: place)
      isResumed = false
      if end >= 0 && end != lastEnd {
        matched &+= 1
        if try replaceAtOnce(call, matcher, place, end) {
          lastEnd = mayTouch && end > place ? -1 : end
          place = end
        } else {
          call[Slot.matched] = Value(matched)
          call[Slot.place] = Value(place)
          call[Slot.end] = Value(end)
          call.charge(matcher.stepCount)
          if let wait = try askForReplacement(call, matcher, place, end, callee) { return wait }
          try replace(call, place, end, with: call[callee])
          matcher.budget = PatternMatcher.sliceStepCount
          lastEnd = mayTouch && end > place ? -1 : end
          place = end
        }
      } else if end == PatternMatcher.faulty {
        call.charge(matcher.stepCount)
        throw call.raise(matcher.faultMessage(in: call))
      } else if end == PatternMatcher.parked {
        call.charge(matcher.stepCount)
        call[Slot.matched] = Value(matched)
        call[Slot.place] = Value(place)
        call[Slot.lastEnd] = Value(lastEnd)
        matcher.park(at: Slot.parked, in: call)
        return .again(then: Phase.goOn)
      } else if place < source.count {
        place = Swift.min(matcher.nextCandidate(from: place &+ 1), source.count)
      } else {
        break
      }
      if isAnchored { break }
    }
    call.charge(matcher.stepCount)
    call[Slot.matched] = Value(matched)
    return try finishSubstitution(call, source)
  }

  private static func beginSubstitution(_ call: inout NativeCall) throws(ScriptError) {
    let source = try call.checkString(Slot.source)
    let pattern = try checkPattern(call, Slot.pattern)
    let replacement = call.argument(Slot.replacement)
    if replacement.isNumber {
      _ = try call.checkString(Slot.replacement)
    } else if !replacement.isString && !replacement.isTable && !replacement.isFunction {
      throw call.typeError(Slot.replacement, expectedAnyOf: "string/function/table")
    }
    var most = try call.optionalInteger(Slot.most, default: Int64(source.count) + 1)
    if most < 0, call.follows(.substitutionLimitIsUnsigned) { most = .max }
    call[Slot.source] = Value(source)
    call[Slot.pattern] = Value(pattern)
    call[Slot.most] = Value(most)
    call[Slot.matched] = Value(0)
    call[Slot.place] = Value(0)
    call[Slot.lastEnd] = Value(-1)
    call[Slot.pieces] = .nil
    call[Slot.copied] = Value(0)
    call[Slot.end] = Value(0)
    call[Slot.byteCount] = Value(0)
  }

  /// Replaces a match by what needs no call: a text, or a field that a table has.
  @inline(__always)
  private static func replaceAtOnce(
    _ call: NativeCall,
    _ matcher: borrowing PatternMatcher,
    _ start: Int,
    _ end: Int
  ) throws(ScriptError) -> Bool {
    let replacement = call[Slot.replacement]
    if replacement.isString {
      try append(template: replacement.string, call, matcher, start, end)
      return true
    }
    guard replacement.isTable else { return false }
    let key = try matcher.result(0, start, end, in: call)
    let value = call.vm.rawGet(replacement.table, key)
    if value.isNil && replacement.table.pointee.metatable != nil { return false }
    try replace(call, start, end, with: value)
    return true
  }

  /// Calls a function, or asks a table's metamethod, for the replacement; it will stand in `callee`.
  ///
  /// - Returns: nil when it stands there already.
  private static func askForReplacement(
    _ call: NativeCall,
    _ matcher: borrowing PatternMatcher,
    _ start: Int,
    _ end: Int,
    _ callee: Int
  ) throws(ScriptError) -> NativeOutcome? {
    let replacement = call[Slot.replacement]
    if replacement.isTable {
      let key = try matcher.result(0, start, end, in: call)
      return call.index(replacement, key, into: callee, then: Phase.replace)
    }
    call[callee] = replacement
    let count = try matcher.putResults(start, end, at: callee + 1, in: call)
    return .call(at: callee, count, then: Phase.replace)
  }

  /// Puts a callback's or table's answer in a match's place; false and nil keep the match.
  private static func replace(
    _ call: NativeCall,
    _ start: Int,
    _ end: Int,
    with value: Value
  ) throws(ScriptError) {
    if value.isFalsy { return }
    let text: StringRef
    if value.isString {
      text = value.string
    } else if value.isNumber {
      text = call.numberToString(value)
    } else {
      throw call.raise("invalid replacement value (a \(call.vm.typeName(value)))")
    }
    try beginReplacement(call, start, end)
    try append(piece: Value(text), text.count, call)
  }

  // MARK: Pieces

  /// Adds the source up to a match, which is about to be replaced.
  @inline(__always)
  private static func beginReplacement(
    _ call: NativeCall,
    _ start: Int,
    _ end: Int
  ) throws(ScriptError) {
    if call[Slot.pieces].isNil {
      // Room for several pieces from the beginning.
      call[Slot.pieces] = try call.vm.newHiddenTable(arrayCapacity: 8)
    }
    try append(range: Int(call[Slot.copied].integer), start, call)
    call[Slot.copied] = Value(end)
  }

  @inline(__always)
  private static func append(range start: Int, _ end: Int, _ call: NativeCall) throws(ScriptError) {
    if end > start { try append(piece: Value(start << 32 | end), end &- start, call) }
  }

  @inline(__always)
  private static func append(
    piece: Value,
    _ byteCount: Int,
    _ call: NativeCall
  ) throws(ScriptError) {
    let table = call[Slot.pieces].table
    call.charge(1)
    let total = call[Slot.byteCount].integer &+ Int64(byteCount)
    if total > Int64(call.vm.pointee.limits.stringByteCount) {
      throw call.raise("resulting string too large")
    }
    call[Slot.byteCount] = Value(total)
    try call.vm.rawSet(table, integer: Int64(table.pointee.arrayCount) &+ 1, piece)
  }

  /// Replaces a match by a text in which `%0` to `%9` stand for captures.
  private static func append(
    template: StringRef,
    _ call: NativeCall,
    _ matcher: borrowing PatternMatcher,
    _ start: Int,
    _ end: Int
  ) throws(ScriptError) {
    try beginReplacement(call, start, end)
    let bytes = template.bytes
    let count = template.count
    var offset = ByteSearch.firstByte(UInt8(ascii: "%"), in: bytes, count)
    if offset == count {
      if count > 0 { try append(piece: Value(template), count, call) }
      return
    }
    call.charge(count &>> 2)
    var literalStart = 0
    while offset < count {
      if bytes[offset] != UInt8(ascii: "%") {
        offset &+= 1
        continue
      }
      if offset > literalStart {
        let literal = try call.string(bytes + literalStart, offset - literalStart)
        try append(piece: literal, offset - literalStart, call)
      }
      let letter = offset &+ 1 < count ? bytes[offset &+ 1] : 0
      let digit = Int(letter) &- Int(UInt8(ascii: "0"))
      literalStart = offset &+ 2
      if letter == UInt8(ascii: "%") {
        literalStart = offset &+ 1
      } else if digit == 0 {
        try append(range: start, end, call)
      } else if digit >= 1 && digit <= 9 {
        try append(capture: digit &- 1, call, matcher, start, end)
      } else if call.follows(.replacementTakesAnyEscape) {
        // The percent sign is left out; one at the end stands for a zero byte.
        literalStart = offset &+ 1
        if literalStart == count { try append(piece: try call.string([0]), 1, call) }
      } else {
        throw call.raise("invalid use of '%' in replacement string")
      }
      offset &+= 2
    }
    if count > literalStart {
      let literal = try call.string(bytes + literalStart, count - literalStart)
      try append(piece: literal, count - literalStart, call)
    }
  }

  private static func append(
    capture index: Int,
    _ call: NativeCall,
    _ matcher: borrowing PatternMatcher,
    _ start: Int,
    _ end: Int
  ) throws(ScriptError) {
    if index >= matcher.level {
      if index > 0 {
        throw PatternMatcher.invalidCapture(index, in: call)
      }
      try append(range: start, end, call)
      return
    }
    let length = matcher.captureLength(index)
    let captureStart = matcher.captureStart(index)
    if length >= 0 {
      try append(range: captureStart, captureStart &+ Int(length), call)
    } else {
      let position = try matcher.result(index, start, end, in: call)
      let text = call.vm.numberToString(position)
      try append(piece: Value(text), text.count, call)
    }
  }

  /// Joins the pieces.
  private static func finishSubstitution(
    _ call: NativeCall,
    _ source: StringRef
  ) throws(ScriptError) -> NativeOutcome {
    let matched = call[Slot.matched]
    if call[Slot.pieces].isNil { return call.returns(Value(source), matched) }
    try append(range: Int(call[Slot.copied].integer), source.count, call)
    let table = call[Slot.pieces].table
    let pieces = table.pointee.array
    let pieceCount = Int(table.pointee.arrayCount)
    let result = try call.string(byteCount: Int(call[Slot.byteCount].integer)) { target in
      var target = target
      var index = 0
      while index < pieceCount {
        let piece = pieces[index]
        if piece.isString {
          let count = piece.string.count
          target.update(from: piece.string.bytes, count: count)
          target += count
        } else {
          let start = Int(truncatingIfNeeded: piece.bits &>> 32)
          let count = Int(truncatingIfNeeded: piece.bits & 0xFFFF_FFFF) &- start
          target.update(from: source.bytes + start, count: count)
          target += count
        }
        index &+= 1
      }
    }
    return call.returns(result, matched)
  }
}
