// Hard modes of a heap, for tests: what would go wrong once in a million allocations goes wrong at the
// next one.

/// How a machine's heap is made to show mistakes early.
package struct HeapHardMode: Equatable, Sendable {
  /// Every so many safepoints that follow an allocation the collector works.
  package var period = 1
  /// The work of one step; nil makes it a full collection.
  package var stepWork: Int?
  /// Dead cells and storage given back are filled with a pattern, and storage that is resized moves.
  package var isPoisoning = true
  /// The whole heap is checked before and after the collector works.
  package var isChecking = false

  package init() {}
}

/// What a machine knows of its hard mode.
struct HardMode {
  var mode = HeapHardMode()
  /// Safepoints left until the collector works.
  var countdown = 0
  /// Receives what checks find.
  var report: (([String]) -> Void)?
}

extension Machine {
  /// Sets a hard mode, for the rest of the machine's life.
  ///
  /// What checks of the heap find wrong goes to `report`.
  package func harden(_ mode: HeapHardMode, report: @escaping (_ findings: [String]) -> Void) {
    vm.pointee.hardMode = HardMode(mode: mode, countdown: mode.period, report: report)
    vm.pointee.heap.isStressed = true
    vm.pointee.heap.isPoisoned = mode.isPoisoning
  }

  /// The hard mode as it is by default: after every allocation a full collection at the next
  /// safepoint, dead cells filled with a pattern.
  package var isStressed: Bool {
    get { vm.pointee.heap.isStressed }
    set {
      vm.pointee.hardMode = HardMode()
      vm.pointee.heap.isStressed = newValue
      vm.pointee.heap.isPoisoned = newValue
    }
  }

  /// Collects everything that is not reachable now; not while a run is under way.
  package func collectGarbage() { vm.collectFully() }

  /// Checks every object, list and count of the heap; see HeapCheck.swift.
  ///
  /// - Returns: What is wrong, in words; empty when all is well.
  package func checkHeap() -> [String] { HeapCheck.run(vm) }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What the collector does at a safepoint in hard mode.
  @inline(never)
  func collectHard() {
    pointee.hardMode.countdown -= 1
    if pointee.hardMode.countdown > 0 { return }
    let mode = pointee.hardMode.mode
    pointee.hardMode.countdown = mode.period
    if mode.isChecking { reportFindings() }
    if let work = mode.stepWork {
      _ = collectorStep(work: work)
    } else {
      collectFully()
    }
    if mode.isChecking { reportFindings() }
  }

  private func reportFindings() {
    let findings = HeapCheck.run(self)
    if !findings.isEmpty { pointee.hardMode.report?(findings) }
  }
}
