// What a run used, for tests and tools. None of it costs a running program anything: the counters are
// those that fuel and the collector keep anyway.

extension Machine {
  /// The most bytes the heap has held.
  package var peakByteCount: Int { vm.pointee.heap.peakByteCount }

  /// Whether nothing is collected, as after `collectgarbage("stop")`.
  package var isCollectorStopped: Bool {
    get { vm.pointee.heap.isStopped }
    set { vm.pointee.heap.isStopped = newValue }
  }

  /// All bytes allocated while the collector is stopped, in use or not.
  ///
  /// It does not begin at zero: differences of it tell.
  ///
  /// - Precondition: The collector is stopped, as it pays what it counts here.
  package var allocationByteCount: Int {
    precondition(vm.pointee.heap.isStopped, "the collector resets the count of allocated bytes")
    return vm.pointee.heap.allocationByteCount
  }
}

extension Heap {
  /// The debt less the cells that are handed out but not taken.
  ///
  /// The debt counts every byte, but runs of cells as a whole.
  fileprivate var allocationByteCount: Int {
    debt &- (runByteCount &+ externalByteCount &- byteCount)
  }
}
