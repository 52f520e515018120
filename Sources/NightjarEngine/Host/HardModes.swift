// Switches for tests and fuzzers that make a machine show its mistakes early.

extension Machine {
  /// Every allocation leads to a full collection at the next safepoint, and the cells of the dead are
  /// filled with a pattern: a reference the collector does not know of cannot pass unnoticed.
  package var isStressed: Bool {
    get { vm.pointee.heap.isStressed }
    set {
      vm.pointee.heap.isStressed = newValue
      vm.pointee.heap.isPoisoned = newValue
    }
  }

  /// Collects everything that is not reachable now; not while a run is under way.
  package func collectGarbage() { vm.collectFully() }
}
