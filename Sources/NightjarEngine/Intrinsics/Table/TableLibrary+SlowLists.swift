// concat, unpack and move through metamethods; slots and phases are those of TableLibrary+Slow.swift.

internal import NightjarBase

extension TableLibrary {
  // MARK: concat

  static func concatSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case SlowPhase.begin:
        try checkTableLike(call, SlowSlot.table, .index, .len)
        for n in 2...4 { call[n] = call.argument(n) }
        phase = SlowPhase.measured
        if let wait = call.length(call[SlowSlot.table], into: SlowSlot.work, then: phase) {
          return wait
        }
      case SlowPhase.measured:
        let size = try length(call, call[SlowSlot.work])
        let view = NativeCall(call.vm, call.slots, 4, 0)
        if !view[2].isNil { view[2] = Value(try view.checkString(2)) }
        call[SlowSlot.key] = Value(try view.optionalInteger(3, default: 1))
        call[SlowSlot.limit] = Value(try view.optionalInteger(4, default: size))
        // Elements are gathered in a table of their own and joined at the end.
        call[SlowSlot.helper] = try call.vm.newHiddenTable()
        phase = SlowPhase.loop
      case SlowPhase.loop:
        let key = call[SlowSlot.key].integer
        if key > call[SlowSlot.limit].integer {
          phase = SlowPhase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = SlowPhase.loaded
        if let wait = load(call, key, then: phase) {
          return wait
        }
      case SlowPhase.loaded:
        let value = call[SlowSlot.work]
        let key = call[SlowSlot.key].integer
        guard value.isString || value.isNumber else { throw invalidElement(call, value, key) }
        let helper = call[SlowSlot.helper].table
        try call.vm.rawSet(helper, integer: Int64(helper.pointee.arrayCount) + 1, value)
        call[SlowSlot.key] = Value(key &+ 1)
        phase = key == call[SlowSlot.limit].integer ? SlowPhase.finish : SlowPhase.loop
      default:
        let helper = call[SlowSlot.helper].table
        let separator = call[2].isNil ? nil : call[2].string
        return call.returns(
          try join(call, helper, separator, 1, Int64(helper.pointee.arrayCount))
        )
      }
    }
  }

  // MARK: unpack

  /// Elements are gathered from the work slot on.
  static func unpackSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case SlowPhase.begin:
        if call.follows(.unpackWantsTable) { _ = try call.checkTable(1) }
        call[1] = call.argument(1)
        call[SlowSlot.key] = Value(try call.optionalInteger(2, default: 1))
        if !call.argument(3).isNil {
          call[SlowSlot.work] = Value(try call.checkInteger(3))
          phase = SlowPhase.measured
          continue
        }
        phase = SlowPhase.measured
        if let wait = call.length(call[SlowSlot.table], into: SlowSlot.work, then: phase) {
          return wait
        }
      case SlowPhase.measured:
        let last = try length(call, call[SlowSlot.work])
        let first = call[SlowSlot.key].integer
        if first > last { return call.returns() }
        let count = try unpackedCount(call, first, last)
        call[SlowSlot.limit] = Value(count)
        call[SlowSlot.other] = Value(0)
        try call.reserve(count + 8, after: SlowSlot.work)
        phase = SlowPhase.loop
      case SlowPhase.loop:
        let index = Int(call[SlowSlot.other].integer)
        if index >= Int(call[SlowSlot.limit].integer) {
          return .results(index, from: SlowSlot.work)
        }
        // The slots filled so far are live although no call is under way.
        let end = call.slots + (SlowSlot.work + index + 1)
        if call.vm.pointee.top < end { call.vm.pointee.top = end }
        if mustRest(call) { return .again(then: phase) }
        phase = SlowPhase.loaded
        if let wait = element(
          call,
          call[SlowSlot.key].integer &+ Int64(index),
          into: SlowSlot.work + index,
          then: phase
        ) {
          return wait
        }
      default:
        call[SlowSlot.other] = Value(call[SlowSlot.other].integer + 1)
        phase = SlowPhase.loop
      }
    }
  }

  // MARK: move

  /// Moves with everything checked; slot 5 holds the destination.
  static func moveSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    if phase == SlowPhase.begin {
      let view = NativeCall(call.vm, call.slots, 5, 0)
      let first = try view.checkInteger(2)
      let last = try view.checkInteger(3)
      let target = try view.checkInteger(4)
      let count = last - first + 1
      let isRising =
        target > last || target <= first
        || !call[SlowSlot.table].isIdentical(to: call[SlowSlot.target])
      call[2] = Value(first)
      call[4] = Value(target)
      // The offset of the next element, the one to stop at, and the way from one to the next.
      call[SlowSlot.key] = Value(isRising ? 0 : count - 1)
      call[SlowSlot.limit] = Value(isRising ? count : -1)
      call[SlowSlot.other] = Value(isRising ? 1 as Int64 : -1)
      phase = SlowPhase.loop
    }
    while true {
      let offset = call[SlowSlot.key].integer
      switch phase {
      case SlowPhase.loop:
        if offset == call[SlowSlot.limit].integer { return call.returns(call[SlowSlot.target]) }
        if mustRest(call) { return .again(then: phase) }
        phase = SlowPhase.loaded
        if let wait = call.index(
          call[SlowSlot.table],
          Value(call[2].integer &+ offset),
          into: SlowSlot.work,
          then: phase
        ) {
          return wait
        }
      case SlowPhase.loaded:
        phase = SlowPhase.stored
        if let wait = try call.setIndex(
          call[SlowSlot.target],
          Value(call[4].integer &+ offset),
          call[SlowSlot.work],
          into: SlowSlot.work,
          then: phase
        ) {
          return wait
        }
      default:
        call[SlowSlot.key] = Value(offset &+ call[SlowSlot.other].integer)
        phase = SlowPhase.loop
      }
    }
  }
}
