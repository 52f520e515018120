// insert and remove (and, in +SlowLists, concat, unpack and move) through metamethods: state machines
// whose whole state lies in slots. Each loop looks at fuel itself, as metamethods may answer without
// any script code being run.
//
//   slots 1…5: the arguments · 6, 7: counters · 8: limit · 9: helper table · 10…13: the operation

internal import NightjarBase

extension TableLibrary {
  enum SlowSlot {
    static var table: Int { 1 }
    static var target: Int { 5 }
    static var key: Int { 6 }
    static var other: Int { 7 }
    static var limit: Int { 8 }
    static var helper: Int { 9 }
    static var work: Int { 10 }
  }

  enum SlowPhase {
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
  static func mustRest(_ call: NativeCall) -> Bool {
    call.charge(1)
    return call.vm.pointee.fuel < 0
  }

  /// Puts an element into the work slot.
  ///
  /// - Returns: what to wait for, if a metamethod must be called.
  static func load(_ call: NativeCall, _ key: Int64, then phase: Int) -> NativeOutcome? {
    element(call, key, into: SlowSlot.work, then: phase)
  }

  /// Puts an element of the first argument into a slot.
  ///
  /// - Returns: what to wait for, if a metamethod must be called.
  static func element(
    _ call: NativeCall,
    _ key: Int64,
    into slot: Int,
    then phase: Int
  ) -> NativeOutcome? {
    if call[1].isTable, call.follows(.tablesAreRaw) {
      call[slot] = call.vm.get(call[1].table, integer: key)
      return nil
    }
    return call.index(call[1], Value(key), into: slot, then: phase)
  }

  /// Stores a value in the first argument; the slots from the given one on are overwritten.
  ///
  /// - Returns: what to wait for, if a metamethod must be called.
  /// - Throws: when the table cannot take it.
  static func setElement(
    _ call: NativeCall,
    _ key: Value,
    _ value: Value,
    into slot: Int,
    then phase: Int
  ) throws(ScriptError) -> NativeOutcome? {
    if call[1].isTable, call.follows(.tablesAreRaw) {
      try call.vm.rawSet(call[1].table, key, value)
      return nil
    }
    return try call.setIndex(call[1], key, value, into: slot, then: phase)
  }

  /// Stores an element at the key in a slot; the work slot is overwritten.
  ///
  /// - Returns: what to wait for, if a metamethod must be called.
  /// - Throws: when the table cannot take it.
  static func store(
    _ call: NativeCall,
    _ value: Value,
    at slot: Int,
    then phase: Int
  ) throws(ScriptError) -> NativeOutcome? {
    try setElement(
      call,
      call[slot],
      value,
      into: SlowSlot.work,
      then: phase
    )
  }

  // MARK: insert

  static func insertSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case SlowPhase.begin:
        try checkTableLike(call, SlowSlot.table, .index, .newindex, .len)
        if call.count != 2 && call.count != 3 {
          throw call.raise("wrong number of arguments to 'insert'")
        }
        call[SlowSlot.limit] = Value(call.count)
        phase = SlowPhase.measured
        if let wait = call.length(call[SlowSlot.table], into: SlowSlot.work, then: phase) {
          return wait
        }
      case SlowPhase.measured:
        let end = try length(call, call[SlowSlot.work]) &+ 1
        let hasPosition = call[SlowSlot.limit].integer == 3
        let view = NativeCall(call.vm, call.slots, hasPosition ? 3 : 2, 0)
        let position = hasPosition ? try view.checkInteger(2) : end
        if hasPosition && UInt64(bitPattern: position &- 1) >= UInt64(bitPattern: end) {
          throw view.argumentError(2, "position out of bounds")
        }
        call[SlowSlot.helper] = hasPosition ? call[3] : call[2]
        call[SlowSlot.key] = Value(end)
        call[SlowSlot.limit] = Value(position)
        phase = SlowPhase.loop
      case SlowPhase.loop:
        let key = call[SlowSlot.key].integer
        if key <= call[SlowSlot.limit].integer {
          phase = SlowPhase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = SlowPhase.loaded
        if let wait = load(call, key &- 1, then: phase) { return wait }
      case SlowPhase.loaded:
        phase = SlowPhase.stored
        let value = call[SlowSlot.work]
        if let wait = try store(call, value, at: SlowSlot.key, then: phase) { return wait }
      case SlowPhase.stored:
        call[SlowSlot.key] = Value(call[SlowSlot.key].integer &- 1)
        phase = SlowPhase.loop
      case SlowPhase.finish:
        phase = SlowPhase.finished
        let value = call[SlowSlot.helper]
        if let wait = try store(call, value, at: SlowSlot.limit, then: phase) { return wait }
      default: return call.returns()
      }
    }
  }

  // MARK: remove

  static func removeSlowly(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var phase = call.phase
    while true {
      switch phase {
      case SlowPhase.begin:
        try checkTableLike(call, SlowSlot.table, .index, .newindex, .len)
        call[2] = call.argument(2)
        phase = SlowPhase.measured
        if let wait = call.length(call[SlowSlot.table], into: SlowSlot.work, then: phase) {
          return wait
        }
      case SlowPhase.measured:
        let size = try length(call, call[SlowSlot.work])
        let view = NativeCall(call.vm, call.slots, 2, 0)
        let position = try view.optionalInteger(2, default: size)
        if position != size && UInt64(bitPattern: position &- 1) > UInt64(bitPattern: size) {
          throw view.argumentError(2, "position out of bounds")
        }
        call[SlowSlot.key] = Value(position)
        call[SlowSlot.limit] = Value(size)
        call[SlowSlot.helper] = Value(false)
        phase = SlowPhase.loaded
        if let wait = load(call, position, then: phase) { return wait }
      case SlowPhase.loaded:
        // The first element loaded is the one removed; the others move down by one.
        if call[SlowSlot.helper].isFalsy {
          call[SlowSlot.other] = call[SlowSlot.work]
          call[SlowSlot.helper] = Value(true)
          phase = SlowPhase.loop
          continue
        }
        phase = SlowPhase.stored
        let value = call[SlowSlot.work]
        if let wait = try store(call, value, at: SlowSlot.key, then: phase) { return wait }
      case SlowPhase.stored:
        call[SlowSlot.key] = Value(call[SlowSlot.key].integer &+ 1)
        phase = SlowPhase.loop
      case SlowPhase.loop:
        let key = call[SlowSlot.key].integer
        if key >= call[SlowSlot.limit].integer {
          phase = SlowPhase.finish
          continue
        }
        if mustRest(call) { return .again(then: phase) }
        phase = SlowPhase.loaded
        if let wait = load(call, key &+ 1, then: phase) { return wait }
      case SlowPhase.finish:
        phase = SlowPhase.finished
        if let wait = try store(call, .nil, at: SlowSlot.key, then: phase) { return wait }
      default: return call.returns(call[SlowSlot.other])
      }
    }
  }
}
