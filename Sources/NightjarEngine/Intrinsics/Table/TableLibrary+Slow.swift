// insert, remove, concat, unpack and move through metamethods: state machines whose whole state lies in
// slots. Each loop looks at fuel itself, as metamethods may answer without any script code being run.
//
//   slots 1…5: the arguments · 6, 7: counters · 8: limit · 9: helper table · 10…13: the operation at hand

extension TableLibrary {
  private enum Slot {
    static var table: Int { 1 }
    static var target: Int { 5 }
    static var key: Int { 6 }
    static var other: Int { 7 }
    static var limit: Int { 8 }
    static var helper: Int { 9 }
    static var work: Int { 10 }
  }

  private enum Phase {
    static var begin: Int { 0 }
    /// The length stands in the work slot.
    static var measured: Int { 1 }
    static var loop: Int { 2 }
    /// An element stands in the work slot.
    static var loaded: Int { 3 }
    /// An element was stored.
    static var stored: Int { 4 }
    static var finish: Int { 5 }
    static var finished: Int { 6 }
  }

  /// Charges one step of a loop.
  ///
  /// - Returns: whether fuel must be looked at before going on.
  private static func mustRest(_ call: NativeCall) -> Bool {
    call.charge(1)
    return call.vm.pointee.fuel < 0
  }

  // MARK: insert

  static func insertSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case Phase.begin:
        try checkTableLike(call, Slot.table, .index, .newindex, .len)
        if call.count != 2 && call.count != 3 {
          throw call.raise("wrong number of arguments to 'insert'")
        }
        call[Slot.limit] = Value(call.count)
        phase = Phase.measured
        if let wait = call.length(call[Slot.table], into: Slot.work, then: phase) { return wait }
      case Phase.measured:
        let end = try length(call, call[Slot.work]) &+ 1
        let hasPosition = call[Slot.limit].integer == 3
        let view = NativeCall(call.vm, call.slots, hasPosition ? 3 : 2, 0)
        let position = hasPosition ? try view.checkInteger(2) : end
        if hasPosition && UInt64(bitPattern: position &- 1) >= UInt64(bitPattern: end) {
          throw view.argumentError(2, "position out of bounds")
        }
        call[Slot.helper] = hasPosition ? call[3] : call[2]
        call[Slot.key] = Value(end)
        call[Slot.limit] = Value(position)
        phase = Phase.loop
      case Phase.loop:
        let key = call[Slot.key].integer
        if key <= call[Slot.limit].integer {
          phase = Phase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = Phase.loaded
        if let wait = call.index(
          call[Slot.table], Value(key &- 1), into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.loaded:
        phase = Phase.stored
        if let wait = try call.setIndex(
          call[Slot.table], call[Slot.key], call[Slot.work], into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.stored:
        call[Slot.key] = Value(call[Slot.key].integer &- 1)
        phase = Phase.loop
      case Phase.finish:
        phase = Phase.finished
        if let wait = try call.setIndex(
          call[Slot.table], call[Slot.limit], call[Slot.helper], into: Slot.work, then: phase)
        {
          return wait
        }
      default: return call.returns()
      }
    }
  }

  // MARK: remove

  static func removeSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case Phase.begin:
        try checkTableLike(call, Slot.table, .index, .newindex, .len)
        call[2] = call.argument(2)
        phase = Phase.measured
        if let wait = call.length(call[Slot.table], into: Slot.work, then: phase) { return wait }
      case Phase.measured:
        let size = try length(call, call[Slot.work])
        let view = NativeCall(call.vm, call.slots, 2, 0)
        let position = try view.optionalInteger(2, default: size)
        if position != size && UInt64(bitPattern: position &- 1) > UInt64(bitPattern: size) {
          throw view.argumentError(2, "position out of bounds")
        }
        call[Slot.key] = Value(position)
        call[Slot.limit] = Value(size)
        call[Slot.helper] = Value(false)
        phase = Phase.loaded
        if let wait = call.index(
          call[Slot.table], Value(position), into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.loaded:
        // The first element loaded is the one removed; the others move down by one.
        if call[Slot.helper].isFalsy {
          call[Slot.other] = call[Slot.work]
          call[Slot.helper] = Value(true)
          phase = Phase.loop
          continue
        }
        phase = Phase.stored
        if let wait = try call.setIndex(
          call[Slot.table], call[Slot.key], call[Slot.work], into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.stored:
        call[Slot.key] = Value(call[Slot.key].integer &+ 1)
        phase = Phase.loop
      case Phase.loop:
        let key = call[Slot.key].integer
        if key >= call[Slot.limit].integer {
          phase = Phase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = Phase.loaded
        if let wait = call.index(
          call[Slot.table], Value(key &+ 1), into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.finish:
        phase = Phase.finished
        if let wait = try call.setIndex(
          call[Slot.table], call[Slot.key], .nil, into: Slot.work, then: phase)
        {
          return wait
        }
      default: return call.returns(call[Slot.other])
      }
    }
  }

  // MARK: concat

  static func concatSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case Phase.begin:
        try checkTableLike(call, Slot.table, .index, .len)
        for n in 2...4 { call[n] = call.argument(n) }
        phase = Phase.measured
        if let wait = call.length(call[Slot.table], into: Slot.work, then: phase) { return wait }
      case Phase.measured:
        let size = try length(call, call[Slot.work])
        let view = NativeCall(call.vm, call.slots, 4, 0)
        if !view[2].isNil { view[2] = Value(try view.checkString(2)) }
        call[Slot.key] = Value(try view.optionalInteger(3, default: 1))
        call[Slot.limit] = Value(try view.optionalInteger(4, default: size))
        // Elements are gathered in a table of their own and joined at the end.
        call[Slot.helper] = Value(call.vm.newTable())
        phase = Phase.loop
      case Phase.loop:
        let key = call[Slot.key].integer
        if key > call[Slot.limit].integer {
          phase = Phase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = Phase.loaded
        if let wait = call.index(call[Slot.table], Value(key), into: Slot.work, then: phase) {
          return wait
        }
      case Phase.loaded:
        let value = call[Slot.work]
        let key = call[Slot.key].integer
        guard value.isString || value.isNumber else { throw invalidElement(call, value, key) }
        let helper = call[Slot.helper].table
        try call.vm.rawSet(helper, integer: Int64(helper.pointee.arrayCount) + 1, value)
        call[Slot.key] = Value(key &+ 1)
        phase = key == call[Slot.limit].integer ? Phase.finish : Phase.loop
      default:
        let helper = call[Slot.helper].table
        let separator = call[2].isNil ? nil : call[2].string
        return call.returns(
          try join(call, helper, separator, 1, Int64(helper.pointee.arrayCount)))
      }
    }
  }

  // MARK: unpack

  /// Elements are gathered from the work slot on.
  static func unpackSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case Phase.begin:
        call[1] = call.argument(1)
        call[Slot.key] = Value(try call.optionalInteger(2, default: 1))
        if !call.argument(3).isNil {
          call[Slot.work] = Value(try call.checkInteger(3))
          phase = Phase.measured
          continue
        }
        phase = Phase.measured
        if let wait = call.length(call[Slot.table], into: Slot.work, then: phase) { return wait }
      case Phase.measured:
        let last = try length(call, call[Slot.work])
        let first = call[Slot.key].integer
        if first > last { return call.returns() }
        let count = try unpackedCount(call, first, last)
        call[Slot.limit] = Value(count)
        call[Slot.other] = Value(0)
        try call.reserve(count + 8, after: Slot.work)
        phase = Phase.loop
      case Phase.loop:
        let index = Int(call[Slot.other].integer)
        if index >= Int(call[Slot.limit].integer) {
          return .results(index, from: Slot.work)
        }
        // The slots filled so far are live although no call is under way.
        let end = call.slots + (Slot.work + index + 1)
        if call.vm.pointee.top < end { call.vm.pointee.top = end }
        if mustRest(call) { return .again(then: phase) }
        phase = Phase.loaded
        if let wait = call.index(
          call[Slot.table], Value(call[Slot.key].integer &+ Int64(index)),
          into: Slot.work + index, then: phase)
        {
          return wait
        }
      default:
        call[Slot.other] = Value(call[Slot.other].integer + 1)
        phase = Phase.loop
      }
    }
  }

  // MARK: move

  /// Moves with everything checked; slot 5 holds the destination.
  static func moveSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    if phase == Phase.begin {
      let view = NativeCall(call.vm, call.slots, 5, 0)
      let first = try view.checkInteger(2)
      let last = try view.checkInteger(3)
      let target = try view.checkInteger(4)
      let count = last - first + 1
      let isRising =
        target > last || target <= first || !call[Slot.table].isIdentical(to: call[Slot.target])
      call[2] = Value(first)
      call[4] = Value(target)
      // The offset of the next element, the one to stop at, and the way from one to the next.
      call[Slot.key] = Value(isRising ? 0 : count - 1)
      call[Slot.limit] = Value(isRising ? count : -1)
      call[Slot.other] = Value(isRising ? 1 as Int64 : -1)
      phase = Phase.loop
    }
    while true {
      let offset = call[Slot.key].integer
      switch phase {
      case Phase.loop:
        if offset == call[Slot.limit].integer { return call.returns(call[Slot.target]) }
        if mustRest(call) { return .again(then: phase) }
        phase = Phase.loaded
        if let wait = call.index(
          call[Slot.table], Value(call[2].integer &+ offset), into: Slot.work, then: phase)
        {
          return wait
        }
      case Phase.loaded:
        phase = Phase.stored
        if let wait = try call.setIndex(
          call[Slot.target], Value(call[4].integer &+ offset), call[Slot.work], into: Slot.work,
          then: phase)
        {
          return wait
        }
      default:
        call[Slot.key] = Value(offset &+ call[Slot.other].integer)
        phase = Phase.loop
      }
    }
  }
}
