// How long mutexes are held across waits. To wait while one holds a mutex is legal, and what the others wait for: so it
// is counted and shown.
//
// A task that gave others a turn has run once more since; so it is seen at the release, and waiting costs nothing.

internal import NightjarBase

extension TaskNatives {
  /// A task has taken a mutex, or is handed it and runs next.
  @inline(__always)
  static func noteTaken(_ gate: GateRef, by task: TaskRef, _ kernel: KernelRef) {
    gate.pointee.takenAt = kernel.pointee.now
    gate.pointee.ownerRuns = task.pointee.runs &+ (task.pointee.state == .running ? 0 : 1)
  }

  /// The owner of a mutex lets go of it, or ends.
  @inline(__always)
  static func noteReleased(_ gate: GateRef, _ kernel: KernelRef) {
    guard let owner = gate.pointee.owner, owner.pointee.runs != gate.pointee.ownerRuns else {
      return
    }
    gate.pointee.heldAcross &+= 1
    let time = kernel.pointee.now &- gate.pointee.takenAt
    if time > gate.pointee.longestHold { gate.pointee.longestHold = time }
  }

  /// `gate:stats()`: how many wait, and how often somebody had to; of a mutex how often it was held across a wait, and
  /// for how long at most.
  static func gateStats(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let gate = try gate(call)
    let waiting = call.vm.countWaiters(gate.pointee.waiters)
    var fields: [(StaticString, Value)] = [
      ("waiting", Value(waiting)), ("contended", Value(Int(gate.pointee.contended))),
    ]
    if gate.pointee.kind == .mutex {
      let now = call.vm.pointee.tasks?.pointee.now ?? 0
      let isAcross = call.vm.isHeldAcross(gate)
      let held = isAcross ? now &- gate.pointee.takenAt : 0
      fields += [
        ("held_across", Value(Int(gate.pointee.heldAcross) + (isAcross ? 1 : 0))),
        ("longest_hold", Value(Double(max(gate.pointee.longestHold, held)) / 1e9)),
      ]
    }
    let table = call.vm.newTable()
    for (name, value) in fields { try call.vm.rawSet(table, Value(call.vm.string(name)), value) }
    return call.returns(Value(table))
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Whether others have had a turn since the owner of a mutex took it.
  func isHeldAcross(_ gate: GateRef) -> Bool {
    guard let owner = gate.pointee.owner else { return false }
    return owner.pointee.runs != gate.pointee.ownerRuns || owner.pointee.state == .parked
  }

  /// How many nodes stand in a queue.
  func countWaiters(_ queue: WaitQueue) -> Int {
    var (count, link) = (0, queue.head)
    while link != 0 {
      count &+= 1
      link = WaitQueue.node(link).pointee.next
      if link == queue.head { break }
    }
    chargeKernel(count >> 2)
    return count
  }

  /// The most mutexes that are looked at for what a task holds, and that are shown of them.
  private static var heldLookMax: Int { 1000 }
  private static var heldShownMax: Int { 3 }

  /// `  holding mutex "ledger" for 1.2s (3 wait)`, for each mutex that a waiting task holds.
  func heldText(of task: TaskRef) -> String {
    guard let kernel = pointee.tasks, task.pointee.heldCount > 0, task.pointee.state != .running
    else { return "" }
    var text = ""
    var (looked, shown) = (0, 0)
    var next = kernel.pointee.held
    while let gate = next, looked < Self.heldLookMax {
      next = gate.pointee.nextHeld
      looked &+= 1
      guard gate.pointee.owner == task else { continue }
      shown &+= 1
      if shown > Self.heldShownMax { continue }
      let time = (kernel.pointee.now &- gate.pointee.takenAt) / 1_000_000 * 1_000_000
      let count = countWaiters(gate.pointee.waiters)
      let waiting = count == 0 ? "" : count == 1 ? " (1 waits)" : " (\(count) wait)"
      text += "  holding \(describe(gate)) for \(Self.seconds(time))\(waiting)"
    }
    chargeKernel(looked >> 2)
    return shown > Self.heldShownMax ? text + " and \(shown - Self.heldShownMax) more" : text
  }
}
