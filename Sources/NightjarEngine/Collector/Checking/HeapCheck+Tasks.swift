// What must hold in the objects of the task system.

extension HeapCheck {
  mutating func check(kernelObject object: ObjectRef) {
    let memory = UnsafeMutableRawPointer(object)
    switch object.pointee.extra {
    case KernelKind.task: check(task: memory.assumingMemoryBound(to: TaskObject.self), object)
    case KernelKind.scope: check(scope: memory.assumingMemoryBound(to: ScopeObject.self), object)
    case KernelKind.channel:
      let channel = memory.assumingMemoryBound(to: ChannelObject.self)
      own(object, Int(channel.pointee.ringCount) * 16)
      if channel.pointee.count < 0 || channel.pointee.count > channel.pointee.ringCount {
        report("channel: more values than room")
      }
      for index in 0..<Int(channel.pointee.ringCount) {
        reach(channel.pointee.ring[index], from: object, as: "value \(index) of a channel")
      }
    case KernelKind.sender, KernelKind.receiver:
      let end = memory.assumingMemoryBound(to: ChannelEndObject.self)
      reach(end.pointee.channel, .userdata, from: object, as: "channel")
    case KernelKind.gate:
      let gate = memory.assumingMemoryBound(to: GateObject.self)
      reach(gate.pointee.owner, .userdata, from: object, as: "owner")
    case KernelKind.operation:
      let operation = memory.assumingMemoryBound(to: OperationObject.self)
      reach(operation.pointee.value, from: object, as: "value of an operation")
    default: break
    }
  }

  private mutating func check(task: TaskRef, _ object: ObjectRef) {
    reach(task.pointee.extras, .table, from: object, as: "extras of a task")
    if task.hasEnded {
      reach(task.result.pointee, from: object, as: "result of a task")
      reach(task.pointee.scope, .userdata, from: object, as: "home of an ended task")
      return
    }
    reach(task.pointee.scope, .userdata, from: object, as: "scope of a task")
    reach(task.pointee.fiber, .fiber, from: object, as: "fiber of a task")
    reach(task.pointee.leaf, .fiber, from: object, as: "leaf of a task")
    if task.pointee.next?.pointee.previous != task && task.pointee.next != nil {
      report("task: the list of children is broken")
    }
    if (task.pointee.state == .parked) != (task.pointee.wait != .none) {
      report("task: parked without a wait record, or the other way round")
    }
  }

  private mutating func check(scope: ScopeRef, _ object: ObjectRef) {
    reach(scope.pointee.parent, .userdata, from: object, as: "parent of a scope")
    reach(scope.pointee.owner, .userdata, from: object, as: "owner of a scope")
    reach(scope.pointee.first, .userdata, from: object, as: "child of a scope")
    reach(scope.pointee.reason, from: object, as: "reason of a scope")
  }
}
