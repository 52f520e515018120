// What the objects of the task system refer to. Tasks that are alive are reached from the root scope through
// the lists of children; queues need no marks, as whoever waits in one is alive.

extension Marker {
  /// Marks what a kernel refers to itself.
  mutating func mark(_ kernel: KernelRef) {
    mark(object: kernel.pointee.errors)
    mark(object: kernel.pointee.cancellations)
    mark(object: kernel.pointee.library)
    mark(object: kernel.pointee.deferRunner)
    mark(object: kernel.pointee.deferFailedRunner)
    mark(object: kernel.pointee.finallyNative)
    mark(object: kernel.pointee.nosuspendNative)
    for index in 0..<9 { mark(object: kernel.pointee.metatables[index]) }
    if let error = kernel.pointee.failure?.error { mark(bits: error.bits, tag: error.tag) }
    // A search says itself which tasks it follows.
    if vm.pointee.heap.marking.isSearching { return }
    mark(object: kernel.pointee.root)
    mark(object: kernel.pointee.current)
    mark(object: kernel.pointee.largeTask)
    mark(object: kernel.pointee.deadFiber)
    mark(object: kernel.pointee.held)
    mark(object: kernel.pointee.cutScope)
    for index in 0..<kernel.pointee.stacks.warm.count {
      mark(object: kernel.pointee.stacks.warm.task(at: index))
    }
    for index in 0..<kernel.pointee.requests.count { mark(object: kernel.pointee.requests[index]) }
    for index in 0..<kernel.pointee.hostCancellations.count {
      mark(object: kernel.pointee.hostCancellations[index].task)
    }
  }

  /// Visits a kernel object.
  mutating func visit(kernelObject memory: UnsafeMutableRawPointer, _ kind: UInt8) -> Int {
    switch kind {
    case KernelKind.task: visit(task: memory.assumingMemoryBound(to: TaskObject.self))
    case KernelKind.scope: visit(scope: memory.assumingMemoryBound(to: ScopeObject.self))
    case KernelKind.channel:
      let channel = memory.assumingMemoryBound(to: ChannelObject.self)
      mark(channel.pointee.ring, count: Int(channel.pointee.ringCount))
      markString(channel.pointee.name)
      return Work.object &+ Int(channel.pointee.ringCount) &* Work.slot
    case KernelKind.sender, KernelKind.receiver:
      mark(object: memory.assumingMemoryBound(to: ChannelEndObject.self).pointee.channel)
    case KernelKind.gate:
      let gate = memory.assumingMemoryBound(to: GateObject.self)
      mark(object: gate.pointee.owner)
      mark(object: gate.pointee.nextHeld)
      mark(object: gate.pointee.previousHeld)
      markString(gate.pointee.name)
    case KernelKind.operation:
      let operation = memory.assumingMemoryBound(to: OperationObject.self)
      mark(object: operation.pointee.object)
      mark(bits: operation.pointee.value.bits, tag: operation.pointee.value.tag)
    case KernelKind.selection:
      let selection = memory.assumingMemoryBound(to: SelectionObject.self)
      for index in 0..<selection.pointee.count {
        let arm = selection.arms + index
        mark(object: arm.pointee.node.object)
        mark(bits: arm.pointee.value.bits, tag: arm.pointee.value.tag)
      }
      return Work.object &+ selection.pointee.count &* Work.slot
    default: break
    }
    return Work.object &* 2
  }

  private func markString(_ string: StringRef?) {
    if let string { _ = setBit(string) }
  }

  /// The code that made a task or a scope stays: its place may be asked for.
  private mutating func mark(site: UInt32) {
    if site != 0, let code = vm.pointee.tasks?.pointee.sites[site] { mark(object: code.prototype) }
  }

  private mutating func visit(task: TaskRef) {
    mark(site: task.pointee.site)
    if vm.pointee.heap.marking.isSearching && !task.hasEnded {
      if !task.mustBeWoken { follow(task) }
      return
    }
    mark(object: task.pointee.next)
    mark(object: task.pointee.extras)
    if task.hasEnded {
      mark(task.result)
      if vm.pointee.heap.marking.isSearching {
        // Who has the handle of an ended task cannot reach its scope by it.
        vm.pointee.tasks?.pointee.search?.keep(home: task.pointee.scope)
      } else {
        mark(object: task.pointee.scope)
      }
      return
    }
    mark(object: task.pointee.scope)
    mark(object: task.pointee.fiber)
    mark(object: task.pointee.leaf)
    mark(object: task.pointee.node.object)
  }

  private mutating func visit(scope: ScopeRef) {
    mark(site: scope.pointee.site)
    mark(object: scope.pointee.cancelled)
    mark(object: scope.pointee.failures)
    if vm.pointee.heap.marking.isSearching {
      vm.pointee.tasks?.pointee.search?.scopes.append(scope)
      return
    }
    mark(object: scope.pointee.parent)
    mark(object: scope.pointee.owner)
    mark(object: scope.pointee.first)
    mark(object: scope.pointee.extras)
    mark(object: scope.pointee.fiber)
    mark(bits: scope.pointee.reason.bits, tag: scope.pointee.reason.tag)
  }
}
