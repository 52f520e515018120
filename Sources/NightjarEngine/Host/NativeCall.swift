// What a native sees of its call: the window of slots that begins with the function itself.
//
//   slot 0      1       2            count
//   │ function │ arg 1 │ arg 2 │ … │ arg n │ free: at least `freeSlotCount` │
//
// A leaf runs once (phase 0) and answers with results. A native that needs to call, yield or resume is a
// state machine: it keeps its state in its slots, answers with an outcome, and is entered again with
// the phase it asked for; `count` is then the number of values delivered. No Swift state survives in
// between, so a waiting native is data.
//
// INVARIANT: natives never hold a heap object in Swift variables only across an outcome.

internal import NightjarBase

/// A native function's view of one of its steps.
@safe package struct NativeCall {
  let vm: VM
  var slots: Slots
  /// Arguments (phase 0) or values delivered by the call or resumption that was asked for.
  package let count: Int
  /// 0 when called; later what the last outcome asked for.
  package let phase: Int

  /// Free slots every native finds behind its arguments.
  package static var freeSlotCount: Int { 40 }

  @inline(__always)
  init(_ vm: UnsafeMutableRawPointer, _ slot: UnsafeMutableRawPointer, _ count: Int, _ phase: Int) {
    self.vm = vm.assumingMemoryBound(to: MachineState.self)
    self.slots = slot.assumingMemoryBound(to: Value.self)
    self.count = count
    self.phase = phase
  }

  /// Runs a native's body and turns its answer into the word the engine reads.
  @safe @inline(__always)
  package static func enter(
    _ vm: UnsafeMutableRawPointer,
    _ slot: UnsafeMutableRawPointer,
    _ count: Int,
    _ phase: Int,
    _ body: (inout NativeCall) throws(ScriptError) -> NativeOutcome
  ) -> Int {
    var call = NativeCall(vm, slot, count, phase)
    do throws(ScriptError) { return try body(&call).raw } catch { return NativeOutcome.raised.raw }
  }

  /// The value in a slot; arguments are 1...count.
  ///
  /// Reading beyond them is the caller's mistake: use `argument`.
  @inline(__always) package subscript(slot: Int) -> Value {
    get { slots[slot] }
    nonmutating set { slots[slot] = newValue }
  }

  /// The n-th argument; nil when absent.
  @inline(__always) package func argument(_ n: Int) -> Value { n <= count ? slots[n] : .nil }

  /// Makes sure that `count` more slots are free behind slot `index`.
  ///
  /// - Throws: "stack overflow" beyond the limit.
  package mutating func reserve(_ count: Int, after index: Int) throws(ScriptError) {
    slots = try vm.reserve(slots, index + count + 1)
  }

  // MARK: Results

  @inline(__always) package func returns() -> NativeOutcome { .results(0) }

  @inline(__always) package func returns(_ value: Value) -> NativeOutcome {
    slots[0] = value
    return .results(1)
  }

  @inline(__always) package func returns(_ first: Value, _ second: Value) -> NativeOutcome {
    slots[0] = first
    slots[1] = second
    return .results(2)
  }

  @inline(__always)
  package func returns(_ first: Value, _ second: Value, _ third: Value) -> NativeOutcome {
    slots[0] = first
    slots[1] = second
    slots[2] = third
    return .results(3)
  }

  /// nil, a message and a number: how library functions report failures of the outside world.
  package func fails(_ message: String, code: Int) -> NativeOutcome {
    returns(.nil, string(message), Value(code))
  }

  // MARK: Fuel

  /// Charges library work: about one unit for every 8 bytes moved or element visited.
  @inline(__always) package func charge(_ units: Int) {
    vm.pointee.fuel &-= Int64(truncatingIfNeeded: units)
  }
}
