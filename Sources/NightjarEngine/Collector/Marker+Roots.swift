// The roots: everything a machine refers to itself.

internal import NightjarBase

extension Marker {
  /// Marks what the machine refers to, and visits the running fiber.
  ///
  /// ORDER: every field of `MachineState` that can refer to an object stands here.
  mutating func markRoots() {
    mark(object: vm.pointee.mainFiber)
    mark(object: vm.pointee.fiber)
    mark(object: vm.pointee.registry)
    mark(object: vm.pointee.steppedPrototype)
    for index in 0..<Primitive.allCases.count { mark(object: vm.pointee.primitives[index]) }
    mark(object: vm.pointee.globals)
    mark(object: vm.pointee.loaded)
    markTypeMetatables()
    for index in 0..<LuaDialect.count {
      mark(object: vm.pointee.realms[index].globals)
      mark(object: vm.pointee.realms[index].loaded)
      mark(object: vm.pointee.realms[index].strings)
      mark(object: vm.pointee.realms[index].threadGlobals)
    }
    for index in 0..<Metamethod.allCases.count { _ = setBit(vm.pointee.names[index]) }
    mark(bits: vm.pointee.errorValue.bits, tag: vm.pointee.errorValue.tag)
    let handles = vm.pointee.handles.places
    let isSearching = vm.pointee.heap.marking.isSearching
    for index in 0..<handles.count {
      // The handle of a task ends no wait.
      if isSearching, handles[index].task?.hasEnded == false { continue }
      mark(bits: handles[index].bits, tag: handles[index].tag)
    }
    for list in [vm.pointee.runFibers, vm.pointee.waitingFibers, vm.pointee.idleFibers] {
      for index in 0..<list.count { mark(object: list[index]) }
    }
    if let kernel = vm.pointee.tasks { mark(kernel) }
    let heap = vm.pointee.heap
    for index in heap.pendingStart..<heap.pending.count { mark(object: heap.pending[index]) }
    _ = visit(fiber: vm.pointee.fiber, isFinal: false)
  }

  private mutating func markTypeMetatables() {
    withUnsafeBytes(of: vm.pointee.typeMetatables) { bytes in
      for table in bytes.bindMemory(to: TableRef?.self) { mark(object: table) }
    }
  }
}
