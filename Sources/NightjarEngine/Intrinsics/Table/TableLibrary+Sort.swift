// table.sort. Numbers and strings in a plain table are sorted at once (DirectSort.swift). Otherwise every
// comparison, and every access to an element, may leave the native: it is a quicksort whose whole
// state lies in slots (TableLibrary+SortSteps.swift).

internal import NightjarBase

extension TableLibrary {
  /// Where the state of a sort lies.
  enum SortSlot {
    static var table: Int { 1 }
    /// The order function or nil.
    static var order: Int { 2 }
    static var low: Int { 3 }
    static var high: Int { 4 }
    static var rising: Int { 5 }
    static var falling: Int { 6 }
    static var middle: Int { 7 }
    static var seed: Int { 8 }
    static var pendingCount: Int { 9 }
    static var pivot: Int { 10 }
    /// The two elements at hand.
    static var first: Int { 11 }
    static var second: Int { 12 }
    /// Pending intervals, packed; no more than one a halving.
    static var pending: Int { 13 }
    /// The operation at hand.
    static var work: Int { 45 }
    static var end: Int { 50 }
  }

  static func sort(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase > SortPhase.measured { return try sortSteps(&call) }
    if call.phase == SortPhase.measured {
      return try beginSort(&call, try length(call, call[SortSlot.work]), 2)
    }
    let argumentCount = call.count
    if !call.argument(2).isNil, call.follows(.sortChecksOrder) {
      _ = try call.checkTable(1)
      try call.checkFunction(2)
    }
    try call.reserve(Swift.max(SortSlot.end - argumentCount, 0), after: argumentCount)
    if let table = plainTable(call, 1) {
      return try beginSort(&call, call.vm.border(of: table), argumentCount)
    }
    try checkTableLike(call, 1, .index, .newindex, .len)
    call[SortSlot.order] = call.argument(2)
    if let wait = call.length(
      call[SortSlot.table],
      into: SortSlot.work,
      then: SortPhase.measured
    ) {
      return wait
    }
    return try beginSort(&call, try length(call, call[SortSlot.work]), 2)
  }

  private static func beginSort(
    _ call: inout NativeCall,
    _ count: Int64,
    _ argumentCount: Int
  ) throws(ScriptError) -> NativeOutcome {
    if count < 2 { return call.returns() }
    let view = NativeCall(call.vm, call.slots, argumentCount, 0)
    if count >= Int64(Int32.max) { throw view.argumentError(1, "array too big") }
    if !view.argument(2).isNil { try view.checkFunction(2) }
    call[SortSlot.order] = view.argument(2)
    if call[SortSlot.order].isNil, let isConsistent = sortDirectly(call, Int(count)) {
      if !isConsistent { throw invalidOrder(call) }
      return call.returns()
    }
    call[SortSlot.low] = Value(1)
    call[SortSlot.high] = Value(count)
    call[SortSlot.seed] = Value(0)
    call[SortSlot.pendingCount] = Value(0)
    call = NativeCall(call.vm, call.slots, 0, SortPhase.interval)
    return try sortSteps(&call)
  }

  static func invalidOrder(_ call: NativeCall) -> ScriptError {
    call.raise("invalid order function for sorting")
  }

  /// Sorts numbers or strings at once.
  ///
  /// - Returns: whether their order is consistent; nil when there are other elements, or none.
  private static func sortDirectly(_ call: NativeCall, _ count: Int) -> Bool? {
    guard call[SortSlot.table].isTable else { return nil }
    let table = call[SortSlot.table].table
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
    if !hasStrings && !hasFloats {
      return DirectSort(elements: elements) { $0.integer < $1.integer }.sort(1, count)
    }
    if !hasStrings && !hasIntegers {
      return DirectSort(elements: elements) { $0.float < $1.float }.sort(1, count)
    }
    return DirectSort(elements: elements) { vm.plainLessThan($0, $1) ?? false }.sort(1, count)
  }
}
