// Tasks that nothing can wake: what a search (Collector/TaskSearch.swift) left is judged, told, and, where the
// runtime wants it so, ended by an error.
//
// A task is `unreachable` if nobody who can still run has what it waits for, and nobody can cancel it either;
// `suspicious` if a deadline, or somebody who holds it or a scope around it, still may. Of tasks that wait for
// one another only the root causes are told: those that do not merely wait for another one that is stuck.

internal import NightjarBase

/// What a search says of one task.
package struct TaskFinding: Sendable, Equatable {
  package enum Verdict: String, Sendable {
    /// Nothing can wake it or cancel it.
    case unreachable
    /// Nothing can wake it, but it may be cancelled.
    case suspicious
    /// The host has not answered it for long.
    case old
    /// It used its time after a cancellation without a checkpoint, and was interrupted.
    case late
    /// It did not end in its grace, and its frames were dropped.
    case dropped
    /// It computes without a checkpoint while others are ready.
    case hog
    /// It ended while it held a mutex.
    case lostOwner
    /// Its cleanup took more than half of the grace.
    case slowCleanup
    /// Its error, which a scope that collects has kept for whoever joins it, was not read.
    case unread
    /// A timer went off late.
    case timerDrift

    /// The number that tools know it by.
    package var code: String {
      switch self {
      case .unreachable: "NJ-D12"
      case .suspicious: "NJ-D08"
      case .old: "NJ-D03"
      case .late: "NJ-D05"
      case .dropped: "NJ-D09"
      case .hog: "NJ-D02"
      case .lostOwner: "NJ-D01"
      case .slowCleanup: "NJ-D06"
      case .unread: "NJ-D10"
      case .timerDrift: "NJ-D14"
      }
    }

    /// Whether it says something of what the task waits for.
    var isAboutWait: Bool {
      switch self {
      case .unreachable, .suspicious, .old: true
      case .late, .dropped, .hog, .lostOwner, .slowCleanup, .unread, .timerDrift: false
      }
    }
  }

  package let verdict: Verdict
  package let id: UInt32
  /// How often the task had been woken: the same wait is told once.
  package let wakes: UInt32
  package let text: String
  /// The line that it is about; empty where the text has all there is.
  package var place = ""
  /// What more there is to say, which need not be the same in each world.
  package var detail = ""
}

extension TaskKernel {
  /// The age at which an operation of the host is told.
  static var oldNanoseconds: UInt64 { 60_000_000_000 }
  /// The most findings that are kept.
  private static var findingCountMax: Int { 1000 }

  /// Keeps a finding until it is told; of very many the oldest go.
  mutating func keep(_ finding: TaskFinding) {
    if findings.count >= Self.findingCountMax { findings.removeFirst(Self.findingCountMax / 2) }
    findings.append(finding)
    findingCount += 1
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Judges what the search left; called while its marks are there.
  func judgeWaiting(_ kernel: KernelRef, _ marker: Marker) {
    guard let waiting = kernel.pointee.search?.waiting else { return }
    let known = kernel.pointee.findings
    let sorted = waiting.sorted { a, b in
      let (isKnownA, isKnownB) = (known.tells(a), known.tells(b))
      return isKnownA == isKnownB ? a.pointee.id < b.pointee.id : isKnownB
    }
    var graph = WaitGraph(self, Array(sorted.prefix(WaitGraph.taskCountMax)))
    if kernel.pointee.diagramHolders != nil {
      kernel.pointee.diagramHolders = graph.holders()
      return
    }
    for cause in graph.rootCauses() where !known.tells(cause.task) {
      let isDoomed = !mayBeCancelled(cause.task, marker)
      kernel.pointee.judged.append((cause.task, isDoomed, cause.others))
    }
  }

  /// Whether a deadline, or somebody who can run, may still cancel a task.
  private func mayBeCancelled(_ task: TaskRef, _ marker: Marker) -> Bool {
    // Who holds the handle can cancel it.
    if marker.isMarked(task) || task.pointee.flags.contains(.daemon) { return true }
    var next = task.pointee.scope
    while let scope = next {
      guard let parent = scope.pointee.parent else { return false }
      if marker.isMarked(scope) || scope.isEffective { return true }
      if scope.pointee.state == .open && scope.pointee.deadline != .max { return true }
      if let owner = scope.pointee.owner, owner != task {
        if owner.pointee.flags.contains(.daemon) { return true }
      }
      next = parent
    }
    return false
  }

  /// Collects everything, and tells which tasks nothing can wake.
  ///
  /// - Returns: what was found for the first time.
  func examineTasks() -> [TaskFinding] {
    guard let kernel = pointee.tasks, let root = kernel.pointee.root else {
      collectFully()
      return []
    }
    kernel.pointee.searchedParks = kernel.pointee.counters.parks
    collectSearching(kernel, root)
    let judged = kernel.pointee.judged
    kernel.pointee.judged = []
    var found: [TaskFinding] = []
    for (task, isDoomed, others) in judged {
      let text = explain(task, others)
      let verdict = isDoomed ? TaskFinding.Verdict.unreachable : .suspicious
      found.append(
        TaskFinding(verdict: verdict, id: task.pointee.id, wakes: task.pointee.wakes, text: text)
      )
      if isDoomed {
        kernel.pointee.counters.unreachable &+= 1
      } else {
        kernel.pointee.counters.suspicious &+= 1
      }
    }
    found += oldRequests(kernel, root)
    for finding in found { kernel.pointee.keep(finding) }
    if kernel.pointee.settings.wakesUnreachable {
      for (task, isDoomed, _) in judged where isDoomed && task.pointee.state == .parked {
        wakeUnreachable(task, found.first { $0.id == task.pointee.id }?.text ?? "")
      }
    }
    return found
  }

  /// A full collection that a script asks for: it looks for stuck tasks where some wait.
  func collectForScript() {
    if let kernel = pointee.tasks, kernel.pointee.liveCount > 1 {
      _ = examineTasks()
    } else {
      collectFully()
    }
  }

  /// Remembers something to be reported.
  func tell(
    _ verdict: TaskFinding.Verdict,
    _ task: TaskRef,
    _ text: String,
    place: String = "",
    detail: String = ""
  ) {
    let (id, wakes) = (task.pointee.id, task.pointee.wakes)
    var finding = TaskFinding(verdict: verdict, id: id, wakes: wakes, text: text)
    finding.place = place
    finding.detail = detail
    pointee.tasks?.pointee.keep(finding)
  }

  /// Ends a wait that nothing will end.
  func wakeUnreachable(_ task: TaskRef, _ text: String) {
    let error = taskError(.unreachable, text, of: task, help: unreachableHelp(task))
    withdraw(task)
    wake(task, WakeStatus.raise, error)
  }

  /// What would wake a task, by what it waits for.
  private func unreachableHelp(_ task: TaskRef) -> StaticString? {
    switch task.pointee.wait {
    case .send:
      "receive in another task, s:spawn(function() for v in rx do … end end), or make more room"
    case .receive: "let whoever sends close the channel when all is sent: tx:close()"
    case .event: "let a task that does not wait for this one set the event: e:set()"
    case .acquire: "let whoever holds it let go however it ends: with(f) does"
    default: nil
    }
  }

  /// Why nothing can wake a task, in words.
  func explain(_ task: TaskRef, _ others: [TaskRef]) -> String {
    let place = task.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
    let what = subject(of: task)
    var text = "nothing can ever wake task \(describe(task)): it waits\(place) in \(what)"
    switch task.pointee.wait {
    case .sleep: break
    case .join, .scopeExit: text += ", which cannot end"
    default:
      text +=
        others.isEmpty
        ? ", and no other task that can go on holds that"
        : "; whoever holds that waits for this task:"
    }
    for other in others.prefix(8) {
      let place = other.pointee.leaf.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
      text += "\n  task \(describe(other)) waits\(place) in \(subject(of: other))"
    }
    return text
  }
}

extension [TaskFinding] {
  /// Whether the wait that a task is in was told.
  func tells(_ task: TaskRef) -> Bool {
    contains {
      $0.id == task.pointee.id && $0.wakes == task.pointee.wakes && $0.verdict.isAboutWait
    }
  }
}

extension Machine {
  /// Collects everything, and tells which tasks nothing can wake.
  package func examineTasks() -> [TaskFinding] { vm.examineTasks() }

  /// What was found last.
  package var taskFindings: [TaskFinding] { vm.pointee.tasks?.pointee.findings ?? [] }

  /// How much was found so far.
  package var taskFindingCount: Int { vm.pointee.tasks?.pointee.findingCount ?? 0 }

  /// Whether a task has begun to wait since the last examination.
  package var hasUnexaminedTasks: Bool {
    guard let kernel = vm.pointee.tasks else { return false }
    return kernel.pointee.counters.parks != kernel.pointee.searchedParks
  }

  /// Nothing can go on although somebody waits for a result: tells the task that is the cause, or cancels
  /// everything when there are several.
  package func resolveDeadlock() {
    guard let kernel = vm.pointee.tasks, let root = kernel.pointee.root else { return }
    kernel.pointee.counters.deadlocks &+= 1
    vm.collectSearching(kernel, root)
    let judged = kernel.pointee.judged
    kernel.pointee.judged = []
    if judged.count == 1, judged[0].task.pointee.raises < 3 {
      let task = judged[0].task
      kernel.pointee.counters.unreachable &+= 1
      let text = vm.explain(task, judged[0].others)
      // Tests fail by it even if the task catches the error that it gets now.
      if kernel.pointee.settings.keepsTree { vm.tell(.unreachable, task, text) }
      vm.wakeUnreachable(task, text)
      task.pointee.raises &+= 1
      return
    }
    if root.pointee.state == .open {
      let reason = vm.string(
        "all tasks wait, and nothing is left that could wake one\n\(vm.taskTree().dropLast())"
      )
      vm.cancel(root, .deadlock, Value(reason), by: 0, kernel)
    }
  }
}
