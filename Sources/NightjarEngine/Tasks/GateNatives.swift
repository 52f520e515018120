// Semaphores, mutexes and events: permits that are handed over to whoever waits longest.

internal import NightjarBase

extension TaskNatives {
  private static func makeGate(
    _ call: NativeCall,
    _ kind: GateObject.Kind,
    permits: Int64,
    name: Value
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard let kernel = vm.pointee.tasks else { return call.returns(.nil) }
    let gate = vm.makeKernelObject(KernelKind.gate, byteCount: MemoryLayout<GateObject>.stride)
      .assumingMemoryBound(to: GateObject.self)
    gate.initialize(
      to: GateObject(
        header: gate.pointee.header,
        metatable: gate.pointee.metatable,
        name: name.isString ? name.string : nil,
        permits: permits,
        capacity: permits,
        kind: kind,
        id: kernel.pointee.nextObjectId
      )
    )
    kernel.pointee.nextObjectId &+= 1
    return call.returns(Value(gate))
  }

  static func semaphore(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let permits = try call.checkInteger(1)
    if permits < 1 {
      throw call.vm.refuse(
        "a semaphore has at least one permit, not \(permits)",
        "write task.semaphore(n), where n is how many may hold a permit at a time"
      )
    }
    return try makeGate(call, .semaphore, permits: permits, name: call.argument(2))
  }

  static func mutex(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try makeGate(call, .mutex, permits: 1, name: call.argument(1))
  }

  static func event(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try makeGate(call, .event, permits: 0, name: call.argument(1))
  }

  static func gate(_ call: NativeCall) throws(ScriptError) -> GateRef {
    guard let gate = call.argument(1).gate else {
      throw call.typeError(1, expected: "mutex, semaphore or event")
    }
    return gate
  }

  // Slots: 1 the gate; 2 status.
  static func acquire(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let gate = try gate(call)
    // Whoever let go of it has entered the task as its owner.
    if call.phase != 0 { return .results(0) }
    let task = try vm.checkpoint(call)
    if gate.pointee.isPoisoned { throw vm.raise(value: vm.ownerDied(gate, nil)) }
    if gate.pointee.permits > 0 {
      take(vm, gate, task)
      _ = immediate(call, task, .nil)
      return task.pointee.state == .ready ? .wait(at: call.count + 1, then: 2) : .results(0)
    }
    try queue(call, gate, task)
    return parked(call, at: 2, then: 1)
  }

  /// Lets a task wait for a permit.
  private static func queue(
    _ call: NativeCall,
    _ gate: GateRef,
    _ task: TaskRef
  ) throws(ScriptError) {
    let vm = call.vm
    if let error = vm.cycle(task, throughMutex: gate) { throw vm.raise(value: error) }
    try checkParking(call, task)
    gate.pointee.contended &+= 1
    vm.park(task, .acquire, UnsafeMutableRawPointer(gate))
    gate.pointee.waiters.append(task.link)
    guard let owner = gate.pointee.owner, owner.priority != task.priority else { return }
    gate.pointee.isMixed = true
    vm.lendPriority(of: task, to: owner)
  }

  /// Gives a task a permit.
  static func take(_ vm: VM, _ gate: GateRef, _ task: TaskRef) {
    gate.pointee.permits -= 1
    guard gate.pointee.kind == .mutex else { return }
    own(vm, gate, task)
  }

  private static func own(_ vm: VM, _ gate: GateRef, _ task: TaskRef) {
    guard let kernel = vm.pointee.tasks else { return }
    gate.pointee.owner = task
    noteTaken(gate, by: task, kernel)
    vm.barrier(UnsafeMutableRawPointer(task))
    kernel.pointee.held?.pointee.previousHeld = gate
    gate.pointee.nextHeld = kernel.pointee.held
    gate.pointee.previousHeld = nil
    kernel.pointee.held = gate
    vm.barrier(UnsafeMutableRawPointer(gate))
    if task.pointee.heldCount < .max { task.pointee.heldCount &+= 1 }
  }

  /// `gate:with(f, …)`: holds the gate while `f` runs, however that ends.
  ///
  /// Slots: 1 gate, 2 function, arguments; later 2 gate, 3 function, arguments. Phases: 1 it was handed the
  /// permit; 2 the function returned.
  static func with(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    switch call.phase {
    case 0:
      let gate = try gate(call)
      if gate.pointee.kind == .event { throw call.typeError(1, expected: "mutex or semaphore") }
      try call.checkFunction(2)
      let task = try vm.checkpoint(call)
      if gate.pointee.isPoisoned { throw vm.raise(value: vm.ownerDied(gate, nil)) }
      if gate.pointee.permits > 0 {
        take(vm, gate, task)
        if isTurnDue(vm) {
          giveTurn(vm, task)
          return parked(call, at: call.count + 1, then: 1)
        }
        return try run(&call, count: call.count)
      }
      try queue(call, gate, task)
      return parked(call, at: call.count + 1, then: 1)
    case 1:
      let count = vm.pointee.frame.pointee.constants - vm.pointee.frame.pointee.base - 1
      return try run(&call, count: count)
    case NativeCall.failedPhase:
      let error = call[1]
      vm.unprotect()
      letGo(vm, call[2])
      throw vm.raise(value: error)
    default:
      letGo(vm, call[2])
      return .results(call.count, from: 3)
    }
  }

  private static func run(_ call: inout NativeCall, count: Int) throws(ScriptError) -> NativeOutcome
  {
    do throws(ScriptError) {
      try call.reserve(2, after: count)
      try call.vm.protect()
    } catch {
      letGo(call.vm, call[1])
      throw error
    }
    var index = count
    while index >= 1 {
      call[index + 1] = call[index]
      index -= 1
    }
    return .call(at: 3, count - 2, then: 2)
  }

  private static func letGo(_ vm: VM, _ value: Value) {
    guard let gate = value.gate else { return }
    if gate.pointee.kind == .mutex {
      guard gate.pointee.owner != nil, gate.pointee.owner == vm.pointee.tasks?.pointee.current
      else {
        return
      }
      disown(vm, gate)
    }
    handOver(vm, gate)
  }

  static func tryAcquire(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let gate = try gate(call)
    guard let task = call.vm.currentTask, gate.pointee.permits > 0, !gate.pointee.isPoisoned else {
      return call.returns(Value(false))
    }
    take(call.vm, gate, task)
    return call.returns(Value(true))
  }

  static func release(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let gate = try gate(call)
    switch gate.pointee.kind {
    case .mutex:
      let isOwn =
        gate.pointee.owner != nil && gate.pointee.owner == vm.pointee.tasks?.pointee.current
      guard isOwn else {
        let owner =
          gate.pointee.owner.map { "task \(vm.describe($0)) holds it" } ?? "nobody holds it"
        throw vm.raise(
          value: vm.taskError(.notOwner, "only its owner can unlock \(vm.describe(gate)); \(owner)")
        )
      }
      disown(vm, gate)
    case .semaphore:
      if gate.pointee.permits >= gate.pointee.capacity {
        let text = "\(vm.describe(gate)) has all its permits already"
        throw vm.raise(
          value: vm.taskError(
            .notOwner,
            text,
            help: "release once for each acquire: p:with(f) does both"
          )
        )
      }
    case .event: throw call.typeError(1, expected: "mutex or semaphore")
    }
    handOver(vm, gate)
    return .results(0)
  }

  private static func disown(_ vm: VM, _ gate: GateRef) {
    guard let kernel = vm.pointee.tasks else { return }
    let owner = gate.pointee.owner
    noteReleased(gate, kernel)
    gate.pointee.owner = nil
    vm.barrier(gate.pointee.nextHeld)
    kernel.pointee.removeHeld(gate)
    guard let owner else { return }
    if owner.pointee.heldCount < .max { owner.pointee.heldCount &-= 1 }
    if owner.isLent { vm.settlePriority(of: owner, kernel) }
  }

  /// Gives the permit that became free to whoever waits longest.
  private static func handOver(_ vm: VM, _ gate: GateRef) {
    let link = gate.pointee.waiters.head
    if link == 0 {
      gate.pointee.permits += 1
      return
    }
    let task = WaitQueue.task(link)
    if gate.pointee.kind == .mutex { own(vm, gate, task) }
    vm.commit(link, &gate.pointee.waiters, .nil)
    if gate.pointee.isMixed { vm.lendPriority(ofWaitersFor: gate, to: task) }
  }

  // MARK: Events

  private static func event(_ call: NativeCall) throws(ScriptError) -> GateRef {
    let gate = try gate(call)
    if gate.pointee.kind != .event { throw call.typeError(1, expected: "event") }
    return gate
  }

  static func wait(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase != 0 { return .results(0) }
    let gate = try event(call)
    let task = try vm.checkpoint(call)
    if gate.pointee.permits > 0 {
      _ = immediate(call, task, .nil)
      return task.pointee.state == .ready ? .wait(at: call.count + 1, then: 2) : .results(0)
    }
    try checkParking(call, task)
    vm.park(task, .event, UnsafeMutableRawPointer(gate))
    gate.pointee.waiters.append(task.link)
    return parked(call, at: 2, then: 1)
  }

  static func set(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let gate = try event(call)
    gate.pointee.permits = 1
    while gate.pointee.waiters.head != 0 {
      call.vm.commit(gate.pointee.waiters.head, &gate.pointee.waiters, .nil)
    }
    return .results(0)
  }

  static func clear(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try event(call).pointee.permits = 0
    return .results(0)
  }

  static func isSet(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(try event(call).pointee.permits > 0))
  }

  // MARK: Operations

  static func acquireOperation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let gate = try gate(call)
    return call.returns(makeOperation(call.vm, .acquire, UnsafeMutableRawPointer(gate)))
  }

  static func waitOperation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let gate = try event(call)
    return call.returns(makeOperation(call.vm, .event, UnsafeMutableRawPointer(gate)))
  }

  static func joinOperation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let task = try task(call, 1)
    try checkHome(call, of: task)
    return call.returns(makeOperation(call.vm, .join, UnsafeMutableRawPointer(task)))
  }

  static func after(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let nanoseconds = try duration(call, 1)
    return call.returns(makeOperation(call.vm, .after, nil, duration: nanoseconds))
  }
}
