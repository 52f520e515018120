// The steps of table.sort. Each phase does one thing that may leave the native: it loads an element,
// stores one or compares two, in the order in which the reference does, as metamethods can tell.
//
// SOURCE: C. A. R. Hoare, "Quicksort" (1962), with the median of three as pivot.

/// The phases of a sort; each is entered when what its name says has been done.
enum SortPhase {
  static var measured: Int { 1 }
  /// An interval is to be sorted. Its ends are put in order …
  static var interval: Int { 2 }
  static var loadedLow: Int { 3 }
  static var loadedHigh: Int { 4 }
  static var comparedEnds: Int { 5 }
  static var storedLow: Int { 6 }
  static var orderedEnds: Int { 7 }
  // … then the middle with either end …
  static var loadedMiddle: Int { 8 }
  static var loadedLowAgain: Int { 9 }
  static var comparedWithLow: Int { 10 }
  static var storedMiddleOfLow: Int { 11 }
  static var loadedHighAgain: Int { 12 }
  static var comparedWithHigh: Int { 13 }
  static var storedMiddleOfHigh: Int { 14 }
  /// … and the middle, now the pivot, goes next to the high end.
  static var orderedMiddle: Int { 15 }
  static var loadedPivot: Int { 16 }
  static var loadedNeighbour: Int { 17 }
  static var storedNeighbour: Int { 18 }
  /// Elements smaller than the pivot are passed from below, greater ones from above.
  static var split: Int { 19 }
  static var rise: Int { 20 }
  static var loadedRising: Int { 21 }
  static var comparedRising: Int { 22 }
  static var fall: Int { 23 }
  static var loadedFalling: Int { 24 }
  static var comparedFalling: Int { 25 }
  /// The two met, or change places.
  static var storedMeeting: Int { 26 }
  static var divided: Int { 27 }
  static var storedRising: Int { 28 }
  static var next: Int { 29 }
}

extension TableLibrary {
  private typealias Slot = SortSlot
  private typealias Phase = SortPhase

  /// Goes on sorting until something must leave the native.
  static func sortSteps(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      let outcome: NativeOutcome?
      if phase >= Phase.split && phase <= Phase.storedRising {
        outcome = try partitionStep(call, &phase)
      } else if phase == Phase.next {
        outcome = nextInterval(call, &phase)
      } else {
        outcome = try pivotStep(call, &phase)
      }
      if let outcome { return outcome }
    }
  }

  // MARK: Operations

  /// Loads an element into the work slot; phase `then` follows.
  @inline(__always)
  private static func load(
    _ call: NativeCall,
    _ index: Int64,
    _ phase: inout Int,
    then next: Int
  ) -> NativeOutcome? {
    phase = next
    return element(call, index, into: Slot.work, then: next)
  }

  @inline(__always)
  private static func store(
    _ call: NativeCall,
    _ index: Int64,
    _ value: Value,
    _ phase: inout Int,
    then next: Int
  ) throws(ScriptError) -> NativeOutcome? {
    phase = next
    return try setElement(call, Value(index), value, into: Slot.work, then: next)
  }

  /// Compares two elements; the answer will stand in the work slot.
  @inline(__always)
  private static func compare(
    _ call: NativeCall,
    _ left: Value,
    _ right: Value,
    _ phase: inout Int,
    then next: Int
  ) -> NativeOutcome? {
    phase = next
    let order = call[Slot.order]
    if order.isNil { return call.lessThan(left, right, into: Slot.work, then: next) }
    call[Slot.work] = order
    call[Slot.work + 1] = left
    call[Slot.work + 2] = right
    return .call(at: Slot.work, 2, then: next)
  }

  // MARK: The pivot

  private static func pivotStep(
    _ call: NativeCall,
    _ phase: inout Int
  ) throws(ScriptError) -> NativeOutcome? {
    let low = call[Slot.low].integer
    let high = call[Slot.high].integer
    let middle = call[Slot.middle].integer
    let answer = call[Slot.work]
    switch phase {
    case Phase.interval:
      if low >= high {
        phase = Phase.next
        return nil
      }
      return load(call, low, &phase, then: Phase.loadedLow)
    case Phase.loadedLow:
      call[Slot.first] = answer
      return load(call, high, &phase, then: Phase.loadedHigh)
    case Phase.loadedHigh:
      call[Slot.second] = answer
      return compare(call, answer, call[Slot.first], &phase, then: Phase.comparedEnds)
    case Phase.comparedEnds:
      if answer.isFalsy {
        phase = Phase.orderedEnds
        return nil
      }
      return try store(call, low, call[Slot.second], &phase, then: Phase.storedLow)
    case Phase.storedLow:
      return try store(call, high, call[Slot.first], &phase, then: Phase.orderedEnds)
    case Phase.orderedEnds:
      if high &- low == 1 {
        phase = Phase.next
        return nil
      }
      let seed = UInt64(bitPattern: call[Slot.seed].integer)
      let chosen = Int64(PivotChoice.pivot(Int(low), Int(high), seed))
      call[Slot.middle] = Value(chosen)
      return load(call, chosen, &phase, then: Phase.loadedMiddle)
    case Phase.loadedMiddle:
      call[Slot.first] = answer
      return load(call, low, &phase, then: Phase.loadedLowAgain)
    case Phase.loadedLowAgain:
      call[Slot.second] = answer
      return compare(call, call[Slot.first], answer, &phase, then: Phase.comparedWithLow)
    case Phase.comparedWithLow:
      if answer.isFalsy { return load(call, high, &phase, then: Phase.loadedHighAgain) }
      return try store(call, middle, call[Slot.second], &phase, then: Phase.storedMiddleOfLow)
    case Phase.storedMiddleOfLow:
      return try store(call, low, call[Slot.first], &phase, then: Phase.orderedMiddle)
    case Phase.loadedHighAgain:
      call[Slot.second] = answer
      return compare(call, answer, call[Slot.first], &phase, then: Phase.comparedWithHigh)
    case Phase.comparedWithHigh:
      if answer.isFalsy {
        phase = Phase.orderedMiddle
        return nil
      }
      return try store(call, middle, call[Slot.second], &phase, then: Phase.storedMiddleOfHigh)
    case Phase.storedMiddleOfHigh:
      return try store(call, high, call[Slot.first], &phase, then: Phase.orderedMiddle)
    case Phase.orderedMiddle:
      if high &- low == 2 {
        phase = Phase.next
        return nil
      }
      return load(call, middle, &phase, then: Phase.loadedPivot)
    case Phase.loadedPivot:
      call[Slot.pivot] = answer
      return load(call, high &- 1, &phase, then: Phase.loadedNeighbour)
    case Phase.loadedNeighbour:
      return try store(call, middle, answer, &phase, then: Phase.storedNeighbour)
    default:
      return try store(call, high &- 1, call[Slot.pivot], &phase, then: Phase.split)
    }
  }

  // MARK: The partition

  @inline(__always)
  private static func partitionStep(
    _ call: NativeCall,
    _ phase: inout Int
  ) throws(ScriptError) -> NativeOutcome? {
    let high = call[Slot.high].integer
    let rising = call[Slot.rising].integer
    let falling = call[Slot.falling].integer
    let answer = call[Slot.work]
    switch phase {
    case Phase.split:
      call[Slot.rising] = call[Slot.low]
      call[Slot.falling] = Value(high &- 1)
      phase = Phase.rise
      return nil
    case Phase.rise:
      call[Slot.rising] = Value(rising &+ 1)
      return load(call, rising &+ 1, &phase, then: Phase.loadedRising)
    case Phase.loadedRising:
      call[Slot.first] = answer
      return compare(call, answer, call[Slot.pivot], &phase, then: Phase.comparedRising)
    case Phase.comparedRising:
      if !answer.isFalsy && rising == high &- 1 { throw invalidOrder(call) }
      phase = answer.isFalsy ? Phase.fall : Phase.rise
      return nil
    case Phase.fall:
      call[Slot.falling] = Value(falling &- 1)
      return load(call, falling &- 1, &phase, then: Phase.loadedFalling)
    case Phase.loadedFalling:
      call[Slot.second] = answer
      return compare(call, call[Slot.pivot], answer, &phase, then: Phase.comparedFalling)
    case Phase.comparedFalling:
      if !answer.isFalsy {
        if falling < rising { throw invalidOrder(call) }
        phase = Phase.fall
        return nil
      }
      if falling < rising {
        return try store(call, high &- 1, call[Slot.first], &phase, then: Phase.storedMeeting)
      }
      return try store(call, rising, call[Slot.second], &phase, then: Phase.storedRising)
    case Phase.storedRising:
      return try store(call, falling, call[Slot.first], &phase, then: Phase.rise)
    case Phase.storedMeeting:
      return try store(call, rising, call[Slot.pivot], &phase, then: Phase.divided)
    default:
      divide(call, at: rising)
      // Comparisons need not leave the native: this is where a long sort rests.
      call.charge(Int(truncatingIfNeeded: high &- call[Slot.low].integer))
      phase = Phase.interval
      return call.vm.pointee.fuel < 0 ? .again(then: phase) : nil
    }
  }

  /// Goes on with the smaller part of a split interval; the larger one waits.
  private static func divide(_ call: NativeCall, at border: Int64) {
    let low = call[Slot.low].integer
    let high = call[Slot.high].integer
    let isLowerSmaller = border - low < high - border
    let waitingLow = isLowerSmaller ? border + 1 : low
    let waitingHigh = isLowerSmaller ? high : border - 1
    call[isLowerSmaller ? Slot.high : Slot.low] = Value(isLowerSmaller ? border - 1 : border + 1)
    let pendingCount = Int(call[Slot.pendingCount].integer)
    call[Slot.pending + pendingCount] = Value(waitingLow << 32 | waitingHigh)
    call[Slot.pendingCount] = Value(pendingCount + 1)
    if (waitingHigh - waitingLow) / 128 > min(border - low, high - border) {
      let seed = PivotChoice.seed(Int(waitingLow), Int(waitingHigh))
      call[Slot.seed] = Value(Int64(bitPattern: seed))
    }
  }

  private static func nextInterval(_ call: NativeCall, _ phase: inout Int) -> NativeOutcome? {
    let pendingCount = Int(call[Slot.pendingCount].integer)
    if pendingCount == 0 { return call.returns() }
    call[Slot.pendingCount] = Value(pendingCount - 1)
    let packed = call[Slot.pending + pendingCount - 1].integer
    call[Slot.low] = Value(packed >> 32)
    call[Slot.high] = Value(packed & 0xFFFF_FFFF)
    phase = Phase.interval
    return nil
  }
}
