// table.sort. Numbers and strings in a plain table are sorted at once (DirectSort.swift). With an order
// function or `__lt`, every comparison leaves the native: it is a quicksort whose whole state lies in
// slots. A table whose elements come from metamethods is copied, sorted and written back.
//
//   slot 1: table · 2: order function or nil · 3: low · 4: high · 5: rising · 6: falling · 7: middle
//   8: pivot seed · 9: pending intervals · 10: what is sorted (1 or a copy) · 11: pivot · 12: count
//   13 … 44: pending intervals, packed · 45 … 48: the comparison at hand
// SOURCE: C. A. R. Hoare, "Quicksort" (1962), median of three; the order of steps is the reference's.

extension TableLibrary {
  private enum Slot {
    static var table: Int { 1 }
    static var order: Int { 2 }
    static var low: Int { 3 }
    static var high: Int { 4 }
    static var rising: Int { 5 }
    static var falling: Int { 6 }
    static var middle: Int { 7 }
    static var seed: Int { 8 }
    static var pendingCount: Int { 9 }
    static var sorted: Int { 10 }
    static var pivot: Int { 11 }
    static var count: Int { 12 }
    static var pending: Int { 13 }
    static var work: Int { 45 }
    static var end: Int { 50 }
  }

  private enum Phase {
    static var begin: Int { 0 }
    static var measured: Int { 1 }
    /// Copying elements in.
    static var fetch: Int { 2 }
    static var fetched: Int { 3 }
    /// An interval is to be sorted: the ends are compared, then the middle with either.
    static var interval: Int { 4 }
    static var comparedEnds: Int { 5 }
    static var comparedMiddleLow: Int { 6 }
    static var comparedMiddleHigh: Int { 7 }
    static var split: Int { 8 }
    static var rise: Int { 9 }
    static var rose: Int { 10 }
    static var fall: Int { 11 }
    static var fell: Int { 12 }
    static var next: Int { 13 }
    /// Writing elements back.
    static var store: Int { 14 }
    static var stored: Int { 15 }
  }

  static func sort(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase >= Phase.interval && call.phase < Phase.store { return try step(&call) }
    if call.phase == Phase.begin {
      let argumentCount = call.count
      try call.reserve(Slot.end - argumentCount, after: argumentCount)
      if let table = plainTable(call, 1) {
        return try begin(&call, call.vm.border(of: table), argumentCount)
      }
      try checkTableLike(call, 1, .index, .newindex, .len)
      call[Slot.order] = call.argument(2)
      if let wait = call.length(call[Slot.table], into: Slot.work, then: Phase.measured) {
        return wait
      }
      return try begin(&call, try length(call, call[Slot.work]), 2)
    }
    if call.phase == Phase.measured {
      return try begin(&call, try length(call, call[Slot.work]), 2)
    }
    return try call.phase >= Phase.store ? writeBack(&call) : copyIn(&call)
  }

  private static func begin(
    _ call: inout NativeCall,
    _ count: Int64,
    _ argumentCount: Int
  ) throws(ScriptError) -> NativeOutcome {
    if count < 2 { return call.returns() }
    let view = NativeCall(call.vm, call.slots, argumentCount, 0)
    if count >= Int64(Int32.max) { throw view.argumentError(1, "array too big") }
    if !view.argument(2).isNil { try view.checkFunction(2) }
    call[Slot.order] = view.argument(2)
    call[Slot.count] = Value(count)
    call[Slot.low] = Value(1)
    call[Slot.high] = Value(count)
    call[Slot.seed] = Value(0)
    call[Slot.pendingCount] = Value(0)
    guard isDirect(call, count) else {
      call[Slot.sorted] = Value(call.vm.newTable())
      call[Slot.low] = Value(0)
      return try copyIn(&call)
    }
    call[Slot.sorted] = call[Slot.table]
    if call[Slot.order].isNil, let isConsistent = sortDirectly(call, Int(count)) {
      if !isConsistent { throw call.raise("invalid order function for sorting") }
      return call.returns()
    }
    return try step(&call)
  }

  /// Whether elements can be read and written in the table itself without metamethods.
  private static func isDirect(_ call: NativeCall, _ count: Int64) -> Bool {
    guard call[Slot.table].isTable else { return false }
    let table = call[Slot.table].table
    if table.pointee.metatable == nil { return true }
    guard count <= Int64(table.pointee.arrayCount) else { return false }
    for offset in 0..<Int(count) where table.pointee.array[offset].isNil { return false }
    return true
  }

  /// Sorts numbers or strings at once.
  ///
  /// - Returns: whether their order is consistent; nil when there are other elements.
  private static func sortDirectly(_ call: NativeCall, _ count: Int) -> Bool? {
    let table = call[Slot.sorted].table
    guard count <= Int(table.pointee.arrayCount) else { return nil }
    let array = table.pointee.array
    var hasIntegers = false
    var hasFloats = false
    var hasStrings = false
    for offset in 0..<count {
      switch array[offset].tag {
      case .integer: hasIntegers = true
      case .float: hasFloats = true
      case .string: hasStrings = true
      default: return nil
      }
    }
    if hasStrings && (hasIntegers || hasFloats) { return nil }
    call.charge(count &* (64 - count.leadingZeroBitCount))
    // SAFETY: elements are numbered from 1; slot 0 of the lowered base is never touched.
    let elements = array.lowered(by: 1)
    let vm = call.vm
    if hasStrings {
      return DirectSort(elements: elements) { vm.plainLessThan($0, $1) ?? false }.sort(1, count)
    }
    if !hasFloats {
      return DirectSort(elements: elements) { $0.integer < $1.integer }.sort(1, count)
    }
    if !hasIntegers { return DirectSort(elements: elements) { $0.float < $1.float }.sort(1, count) }
    return DirectSort(elements: elements) { vm.plainLessThan($0, $1) ?? false }.sort(1, count)
  }

  // MARK: The quicksort

  @inline(__always)
  private static func element(_ call: NativeCall, _ index: Int64) -> Value {
    call[Slot.sorted].table.get(integer: index)
  }

  @inline(__always)
  private static func set(
    _ call: NativeCall,
    _ index: Int64,
    _ value: Value
  ) throws(ScriptError) {
    try call.vm.rawSet(call[Slot.sorted].table, integer: index, value)
  }

  private static func exchange(
    _ call: NativeCall,
    _ one: Int64,
    _ other: Int64
  ) throws(ScriptError) {
    let value = element(call, one)
    try set(call, one, element(call, other))
    try set(call, other, value)
  }

  /// Compares two elements; the answer will stand in the work slot.
  @inline(__always)
  private static func compare(
    _ call: NativeCall,
    _ left: Value,
    _ right: Value,
    then phase: Int
  ) -> NativeOutcome? {
    let order = call[Slot.order]
    if order.isNil { return call.lessThan(left, right, into: Slot.work, then: phase) }
    call[Slot.work] = order
    call[Slot.work + 1] = left
    call[Slot.work + 2] = right
    return .call(at: Slot.work, 2, then: phase)
  }

  /// Goes on sorting until a comparison must leave the native.
  private static func step(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase < Phase.interval ? Phase.interval : call.phase
    while true {
      let low = call[Slot.low].integer
      let high = call[Slot.high].integer
      switch phase {
      case Phase.rise:
        let rising = call[Slot.rising].integer &+ 1
        call[Slot.rising] = Value(rising)
        phase = Phase.rose
        if let wait = compare(call, element(call, rising), call[Slot.pivot], then: phase) {
          return wait
        }
      case Phase.rose:
        phase = Phase.fall
        if !call[Slot.work].isFalsy {
          if call[Slot.rising].integer == high &- 1 { throw invalidOrder(call) }
          phase = Phase.rise
        }
      case Phase.fall:
        let falling = call[Slot.falling].integer &- 1
        call[Slot.falling] = Value(falling)
        phase = Phase.fell
        if let wait = compare(call, call[Slot.pivot], element(call, falling), then: phase) {
          return wait
        }
      case Phase.fell:
        let rising = call[Slot.rising].integer
        let falling = call[Slot.falling].integer
        if !call[Slot.work].isFalsy {
          if falling < rising { throw invalidOrder(call) }
          phase = Phase.fall
        } else if falling < rising {
          try exchange(call, high &- 1, rising)
          divide(call, low, high, at: rising)
          phase = Phase.interval
        } else {
          try exchange(call, rising, falling)
          phase = Phase.rise
        }
      case Phase.interval:
        if low >= high {
          phase = Phase.next
          continue
        }
        // Comparisons of numbers and strings do not leave the native: look at fuel here.
        call.charge(4)
        if call.vm.pointee.fuel < 0 { return .again(then: phase) }
        phase = Phase.comparedEnds
        if let wait = compare(call, element(call, high), element(call, low), then: phase) {
          return wait
        }
      case Phase.comparedEnds:
        if !call[Slot.work].isFalsy { try exchange(call, low, high) }
        if high &- low == 1 {
          phase = Phase.next
          continue
        }
        let seed = UInt64(bitPattern: call[Slot.seed].integer)
        let middle = Int64(PivotChoice.pivot(Int(low), Int(high), seed))
        call[Slot.middle] = Value(middle)
        phase = Phase.comparedMiddleLow
        if let wait = compare(call, element(call, middle), element(call, low), then: phase) {
          return wait
        }
      case Phase.comparedMiddleLow:
        let middle = call[Slot.middle].integer
        if !call[Slot.work].isFalsy {
          try exchange(call, middle, low)
          phase = Phase.split
          continue
        }
        phase = Phase.comparedMiddleHigh
        if let wait = compare(call, element(call, high), element(call, middle), then: phase) {
          return wait
        }
      case Phase.comparedMiddleHigh:
        if !call[Slot.work].isFalsy { try exchange(call, call[Slot.middle].integer, high) }
        phase = Phase.split
      case Phase.split:
        if high &- low == 2 {
          phase = Phase.next
          continue
        }
        let middle = call[Slot.middle].integer
        call[Slot.pivot] = element(call, middle)
        try exchange(call, middle, high &- 1)
        call[Slot.rising] = Value(low)
        call[Slot.falling] = Value(high &- 1)
        phase = Phase.rise
      default:
        let pendingCount = call[Slot.pendingCount].integer
        if pendingCount == 0 { return try finishSort(&call) }
        call[Slot.pendingCount] = Value(pendingCount &- 1)
        let packed = call[Slot.pending &+ Int(pendingCount) &- 1].integer
        call[Slot.low] = Value(packed >> 32)
        call[Slot.high] = Value(packed & 0xFFFF_FFFF)
        phase = Phase.interval
      }
    }
  }

  /// Goes on with the smaller part of a split interval; the larger one waits.
  private static func divide(_ call: NativeCall, _ low: Int64, _ high: Int64, at border: Int64) {
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

  private static func invalidOrder(_ call: NativeCall) -> ScriptError {
    call.raise("invalid order function for sorting")
  }

  // MARK: Copies

  /// Reads all elements through metamethods into a copy, then sorts it.
  private static func copyIn(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var isFetched = call.phase == Phase.fetched
    while true {
      let index = call[Slot.low].integer
      if isFetched {
        try set(call, index, call[Slot.work])
        isFetched = false
        continue
      }
      if index == call[Slot.count].integer { break }
      call.charge(1)
      if call.vm.pointee.fuel < 0 { return .again(then: Phase.fetch) }
      call[Slot.low] = Value(index + 1)
      if let wait = call.index(
        call[Slot.table],
        Value(index + 1),
        into: Slot.work,
        then: Phase.fetched
      ) {
        return wait
      }
      isFetched = true
    }
    call[Slot.low] = Value(1)
    call = NativeCall(call.vm, call.slots, 0, Phase.interval)
    return try step(&call)
  }

  private static func finishSort(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call[Slot.sorted].isIdentical(to: call[Slot.table]) { return call.returns() }
    call[Slot.low] = Value(0)
    return try writeBack(&call)
  }

  /// Writes a sorted copy back through metamethods.
  private static func writeBack(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    while true {
      let index = call[Slot.low].integer
      if index == call[Slot.count].integer { return call.returns() }
      call.charge(1)
      if call.vm.pointee.fuel < 0 { return .again(then: Phase.store) }
      call[Slot.low] = Value(index + 1)
      if let wait = try call.setIndex(
        call[Slot.table],
        Value(index + 1),
        element(call, index + 1),
        into: Slot.work,
        then: Phase.stored
      ) {
        return wait
      }
    }
  }
}
