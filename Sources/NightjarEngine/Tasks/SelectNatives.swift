// Selecting: a task waits for several operations and exactly one of them commits; the others are untouched.

internal import NightjarBase

extension TaskNatives {
  // Slots: 1 the list of operations; 2 status, 3 value.
  static func select(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase != 0 {
      let (index, value) = (call.slots[2], call.slots[3])
      return call.returns(index, value)
    }
    let list = try call.checkTable(1)
    let count = Int(vm.border(of: list))
    guard count > 0, count <= 1000 else {
      throw vm.refuse(
        "task.select needs a list of 1 to 1000 operations, not of \(count)",
        "write task.select { rx:recv_op(), task.after(1) }"
      )
    }
    let task = try vm.checkpoint(call)
    call.charge(count)
    let kernel = vm.pointee.tasks.unsafelyUnwrapped
    // The first that is ready wins; under a random order the search begins anywhere.
    let start = kernel.pointee.order.isRandom ? kernel.pointee.order.choose(below: count) : 0
    for offset in 0..<count {
      let index = (start + offset) % count
      let operation = try operation(call, list, index)
      var value = Value.nil
      guard try begin(call, operation, task, &value) else { continue }
      if isTurnDue(vm) {
        (call.slots[2], call.slots[3]) = (Value(index + 1), value)
        giveTurn(vm, task)
        return .wait(at: 2, then: 1)
      }
      return call.returns(Value(index + 1), value)
    }
    try checkParking(call, task)
    try wait(call, list, count, task, kernel)
    return parked(call, at: 2, then: 1)
  }

  private static func operation(
    _ call: NativeCall,
    _ list: TableRef,
    _ index: Int
  ) throws(ScriptError) -> OperationRef {
    let isInArray = index < Int(list.pointee.arrayCount)
    let element = isInArray ? list.pointee.array[index] : call.vm.rawGet(list, Value(index + 1))
    guard let operation = element.operation else {
      throw call.vm.refuse(
        "element \(index + 1) of the list is no operation",
        "write rx:recv_op(), tx:send_op(v) or task.after(s): select begins what it chooses itself"
      )
    }
    return operation
  }

  /// Does an operation if that is possible at once.
  private static func begin(
    _ call: NativeCall,
    _ operation: OperationRef,
    _ task: TaskRef,
    _ value: inout Value
  ) throws(ScriptError) -> Bool {
    let vm = call.vm
    guard let object = operation.pointee.object else {
      return operation.pointee.duration == 0
    }
    switch operation.pointee.kind {
    case .after: return false
    case .send:
      let channel = object.assumingMemoryBound(to: ChannelObject.self)
      if channel.pointee.isClosed { throw closedError(vm, channel) }
      return try trySend(vm, channel, operation.pointee.value)
    case .receive:
      let channel = object.assumingMemoryBound(to: ChannelObject.self)
      return tryReceive(vm, channel, &value) || channel.pointee.isClosed
    case .acquire:
      let gate = object.assumingMemoryBound(to: GateObject.self)
      if gate.pointee.isPoisoned { throw vm.raise(value: vm.ownerDied(gate, nil)) }
      if gate.pointee.permits <= 0 { return false }
      take(vm, gate, task)
      return true
    case .event: return object.assumingMemoryBound(to: GateObject.self).pointee.permits > 0
    case .join:
      let joined = object.assumingMemoryBound(to: TaskObject.self)
      try checkHome(call, of: joined)
      if joined.hasEnded { value = Value(joined) }
      return joined.hasEnded
    }
  }

  /// Enters a task in the queues of all operations.
  private static func wait(
    _ call: NativeCall,
    _ list: TableRef,
    _ count: Int,
    _ task: TaskRef,
    _ kernel: KernelRef
  ) throws(ScriptError) {
    let vm = call.vm
    call.charge(count &* 4)
    let byteCount = SelectionObject.armsOffset + count * MemoryLayout<WaitArm>.stride
    guard byteCount <= 8192 else { throw call.argumentError(1, "too many operations") }
    let selection = vm.makeKernelObject(KernelKind.selection, byteCount: byteCount)
      .assumingMemoryBound(to: SelectionObject.self)
    selection.pointee.count = count
    selection.pointee.capacity = count
    var end = UInt64.max
    for index in 0..<count {
      let operation = try operation(call, list, index)
      let arm = selection.arms + index
      arm.initialize(
        to: WaitArm(
          node: WaitNode(object: operation.pointee.object),
          task: task,
          index: Int32(index + 1),
          kind: operation.pointee.kind,
          value: operation.pointee.object == nil
            ? Value(Int64(clamping: operation.pointee.duration)) : operation.pointee.value
        )
      )
      let link = UInt(bitPattern: arm) | 1
      guard let object = operation.pointee.object else {
        end = min(end, VM.sum(kernel.pointee.now, operation.pointee.duration))
        continue
      }
      switch operation.pointee.kind {
      case .send: object.assumingMemoryBound(to: ChannelObject.self).pointee.senders.append(link)
      case .receive:
        object.assumingMemoryBound(to: ChannelObject.self).pointee.receivers.append(link)
      case .acquire, .event:
        object.assumingMemoryBound(to: GateObject.self).pointee.waiters.append(link)
      case .join: object.assumingMemoryBound(to: TaskObject.self).pointee.joiners.append(link)
      case .after: break
      }
    }
    vm.park(task, .select, UnsafeMutableRawPointer(selection))
    if end != .max { kernel.pointee.timers.set(task, end) }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The time of a waiting task has come.
  func timerFired(_ task: TaskRef) {
    switch task.pointee.wait {
    case .sleep: wake(task, WakeStatus.done, .nil)
    case .select:
      guard let kernel = pointee.tasks, let object = task.pointee.node.object else { return }
      let selection = object.assumingMemoryBound(to: SelectionObject.self)
      // The shortest of the waits; the first of equal ones.
      var found: ArmRef?
      let waited = kernel.pointee.now &- task.pointee.since
      for index in 0..<selection.pointee.count where selection.arms[index].kind == .after {
        let arm = selection.arms + index
        if arm.pointee.value.integer <= Int64(clamping: waited) && found == nil { found = arm }
      }
      withdrawArms(selection)
      wake(task, Int64(found?.pointee.index ?? 0), .nil)
    default: break
    }
  }
}
