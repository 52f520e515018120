// What the host knows of the operations that tasks wait for: the kernel knows only that it has not answered yet.

/// What the host knows of an operation that a task waits for.
package struct HostInsight: Sendable, Equatable {
  /// What is done.
  package var name: String
  /// Where it stands, as "2 of 2 threads are busy, 37 calls wait"; empty where there is nothing to say.
  package var state: String
  /// Whether it has not begun, because everything that could do it is busy.
  package var isSaturated: Bool
  /// What 99 of 100 such operations took at most, in nanoseconds; nil while too few are known.
  package var usual: UInt64?

  package init(name: String, state: String = "", isSaturated: Bool = false, usual: UInt64? = nil) {
    self.name = name
    self.state = state
    self.isSaturated = isSaturated
    self.usual = usual
  }

  /// The age from which on the operation is old: ten times what is usual, or a minute.
  var oldNanoseconds: UInt64 {
    guard let usual else { return TaskKernel.oldNanoseconds }
    let (ten, overflows) = usual.multipliedReportingOverflow(by: 10)
    return overflows
      ? TaskKernel.oldNanoseconds
      : Swift.min(Swift.max(ten, Self.leastOldNanoseconds), TaskKernel.oldNanoseconds)
  }

  /// Nothing is old sooner: what usually takes microseconds may have its reasons.
  private static var leastOldNanoseconds: UInt64 { 1_000_000_000 }

  /// "'query': 2 of 2 threads are busy, 37 calls wait".
  var text: String { state.isEmpty ? "'\(name)'" : "'\(name)': \(state)" }
}

extension Machine {
  /// Asks what the host knows of what a task waits for, by the task's number.
  package var hostInsight: ((UInt32) -> HostInsight?)? {
    get { vm.pointee.tasks?.pointee.hostInsight }
    set { vm.pointee.tasks?.pointee.hostInsight = newValue }
  }

  /// Tells which operations of the host have become old.
  package func tellOldRequests() {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root else { return }
    for finding in vm.oldRequests(kernel, root) { kernel.pointee.keep(finding) }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What the host knows of what a task waits for; nil if it does not wait for the host.
  func insight(of task: TaskRef) -> HostInsight? {
    guard task.pointee.wait == .host else { return nil }
    return pointee.tasks?.pointee.hostInsight?(task.pointee.id)
  }

  /// Waits for the host that last too long.
  func oldRequests(_ kernel: KernelRef, _ root: ScopeRef) -> [TaskFinding] {
    var found: [TaskFinding] = []
    let now = kernel.pointee.now
    eachTask(in: root) { task in
      guard task.pointee.state == .parked, task.pointee.wait == .host, found.count < 100 else {
        return
      }
      let age = now &- task.pointee.since
      let insight = insight(of: task)
      guard age >= insight?.oldNanoseconds ?? TaskKernel.oldNanoseconds,
        !kernel.pointee.findings.tells(task)
      else { return }
      let place = task.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
      let unit: UInt64 = age < 10_000_000_000 ? 100_000_000 : 1_000_000_000
      var text = "the host has not answered task \(describe(task)) for "
      text += "\(Self.seconds(age / unit * unit))\(place)"
      if let insight { text += ": it works on \(insight.text)" }
      if let usual = insight?.usual { text += "; 99 of 100 took at most \(Self.seconds(usual))" }
      found.append(
        TaskFinding(verdict: .old, id: task.pointee.id, wakes: task.pointee.wakes, text: text)
      )
    }
    return found
  }
}
