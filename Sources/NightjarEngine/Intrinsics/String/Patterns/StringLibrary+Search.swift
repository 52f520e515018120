// string.find, string.match and string.gmatch. Each usually runs to its end in one step; a match that
// takes long is parked in the slots after a slice of steps and taken up when fuel was looked at.
//
//   slot 1: source · 2: pattern · 3: place being tried · 4…6: parked match · 7…: the matcher's cells

internal import NightjarBase

extension StringLibrary {
  private enum SearchSlot {
    static var start: Int { 3 }
    static var parked: Int { 4 }
    static var cells: Int { 7 }
  }

  private enum SearchPhase {
    static var begin: Int { 0 }
    static var goOn: Int { 1 }
  }

  static func find(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == SearchPhase.begin {
      let source = try call.checkString(1)
      let pattern = try checkPattern(call, 2)
      var start = Position.start(try call.optionalInteger(3, default: 1), source.count) &- 1
      if start > source.count {
        // 5.1 looks at the end then.
        if call.rules.tablesHaveLength { return call.returns(.nil) }
        start = source.count
      }
      if (call.count > 3 && !call[4].isFalsy)
        || ByteSearch.isPlain(pattern.bytes, pattern.count)
      {
        // Where a zero byte ends a pattern, it is but a byte of a text.
        return findPlain(call, source, try call.checkString(2), start)
      }
      return try search(&call, source, pattern, from: start, wantsPlace: true)
    }
    return try search(
      &call,
      call[1].string,
      call[2].string,
      from: Int(call[SearchSlot.start].integer),
      wantsPlace: true
    )
  }

  static func match(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == SearchPhase.begin {
      let source = try call.checkString(1)
      let pattern = try checkPattern(call, 2)
      var start = Position.start(try call.optionalInteger(3, default: 1), source.count) &- 1
      if start > source.count {
        // 5.1 looks at the end then.
        if call.rules.tablesHaveLength { return call.returns(.nil) }
        start = source.count
      }
      return try search(&call, source, pattern, from: start, wantsPlace: false)
    }
    return try search(
      &call,
      call[1].string,
      call[2].string,
      from: Int(call[SearchSlot.start].integer),
      wantsPlace: false
    )
  }

  private static func findPlain(
    _ call: NativeCall,
    _ source: StringRef,
    _ pattern: StringRef,
    _ start: Int
  ) -> NativeOutcome {
    let found = ByteSearch.first(
      pattern.bytes,
      pattern.count,
      in: source.bytes + start,
      source.count &- start
    )
    if found < 0 {
      call.charge((source.count &- start) &>> 3)
      return call.returns(.nil)
    }
    call.charge(found &>> 3)
    let place = start &+ found
    return call.returns(Value(place &+ 1), Value(place &+ pattern.count))
  }

  private static func search(
    _ call: inout NativeCall,
    _ source: StringRef,
    _ pattern: StringRef,
    from first: Int,
    wantsPlace: Bool
  ) throws(ScriptError) -> NativeOutcome {
    let isAnchored = pattern.count > 0 && pattern.bytes[0] == UInt8(ascii: "^")
    try call.reserve(
      PatternMatcher.cellCount(pattern.count, in: call) &+ PatternMatcher.captureCountMax,
      after: SearchSlot.cells
    )
    var matcher = PatternMatcher(
      source,
      pattern,
      skipping: isAnchored ? 1 : 0,
      cells: call.slots + SearchSlot.cells,
      in: call
    )
    let isResumed = call.phase == SearchPhase.goOn
    if isResumed { matcher.unpark(at: SearchSlot.parked, in: call) }
    var start = first
    let end = matcher.search(from: &start, anchored: isAnchored, isResumed: isResumed)
    call.charge(matcher.stepCount)
    if end >= 0 {
      if !wantsPlace { return .results(try matcher.putResults(start, end, at: 0, in: call)) }
      call[0] = Value(start &+ 1)
      call[1] = Value(end)
      if matcher.level == 0 { return .results(2) }
      return .results(2 &+ (try matcher.putResults(start, end, at: 2, in: call)))
    }
    if end == PatternMatcher.failed { return call.returns(.nil) }
    if end == PatternMatcher.faulty { throw call.raise(matcher.faultMessage(in: call)) }
    // The arguments may have been numbers: what stands there now are the strings.
    call[1] = Value(source)
    call[2] = Value(pattern)
    call[SearchSlot.start] = Value(start)
    matcher.park(at: SearchSlot.parked, in: call)
    return .again(then: SearchPhase.goOn)
  }
}

// MARK: gmatch

extension StringLibrary {
  /// Upvalues of the iterator `string.gmatch` makes.
  private enum MatchesUpvalue {
    static var source: Int { 0 }
    static var pattern: Int { 1 }
    /// Where the next match may begin.
    static var place: Int { 2 }
    /// Where the last match ended: no empty match may end there; -1 at first.
    static var lastEnd: Int { 3 }
  }

  private enum MatchesSlot {
    static var parked: Int { 2 }
    /// Where the parked match began: a finalizer may call the iterator before it goes on.
    static var place: Int { 5 }
    static var cells: Int { 6 }
  }

  private static var matchesIterator: NativeDefinition {
    .leaf("for iterator") { NativeCall.enter($0, $1, $2, $3, Self.nextMatch) }
  }

  /// `string.gmatch`.
  static func matches(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let source = try call.checkString(1)
    let pattern = try checkPattern(call, 2)
    // Before 5.4 there is no third argument.
    let first = call.rules.hasAttributes ? try call.optionalInteger(3, default: 1) : 1
    var start = Position.start(first, source.count) &- 1
    if start > source.count { start = source.count &+ 1 }
    let iterator = call.vm.makeNative(
      matchesIterator,
      upvalues: [Value(source), Value(pattern), Value(start), Value(-1)],
      dialect: call.dialect
    )
    return call.returns(Value(iterator))
  }

  private static func nextMatch(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let upvalues = call[0].native.upvalues
    let source = upvalues[MatchesUpvalue.source].string
    let pattern = upvalues[MatchesUpvalue.pattern].string
    let lastEnd = Int(upvalues[MatchesUpvalue.lastEnd].integer)
    let isResumed = call.phase == SearchPhase.goOn
    var place =
      isResumed
      ? Int(call[MatchesSlot.place].integer) : Int(upvalues[MatchesUpvalue.place].integer)
    if place > source.count { return call.returns() }
    try call.reserve(
      PatternMatcher.cellCount(pattern.count, in: call) &+ PatternMatcher.captureCountMax,
      after: MatchesSlot.cells
    )
    var matcher = PatternMatcher(
      source,
      pattern,
      skipping: 0,
      cells: call.slots + MatchesSlot.cells,
      in: call
    )
    if isResumed { matcher.unpark(at: MatchesSlot.parked, in: call) }
    var end = isResumed ? matcher.run() : matcher.match(at: place)
    while end == PatternMatcher.failed || end == lastEnd {
      place = matcher.nextCandidate(from: place &+ 1)
      if place > source.count {
        call.charge(matcher.stepCount)
        upvalues[MatchesUpvalue.place] = Value(place)
        return call.returns()
      }
      end = matcher.match(at: place)
    }
    call.charge(matcher.stepCount)
    if end >= 0 {
      upvalues[MatchesUpvalue.place] = Value(end)
      // Before 5.3 an empty match may stand right behind another.
      let isKept = call.rules.hasIntegers || end == place
      upvalues[MatchesUpvalue.lastEnd] = Value(isKept ? end : -1)
      return .results(try matcher.putResults(place, end, at: 0, in: call))
    }
    if end == PatternMatcher.faulty { throw call.raise(matcher.faultMessage(in: call)) }
    call[MatchesSlot.place] = Value(place)
    matcher.park(at: MatchesSlot.parked, in: call)
    return .again(then: SearchPhase.goOn)
  }
}
