// What can be told of tasks at any moment: parents outlive children, so the way up to `main` is always
// there. None of it needs a flag beforehand.

internal import NightjarBase

/// The most lines a tree shows.
private let treeLineMax = 2000

extension UnsafeMutablePointer where Pointee == MachineState {
  /// All tasks as a tree, each with what it does.
  func taskTree() -> String {
    guard let kernel = pointee.tasks, let root = kernel.pointee.root else { return "" }
    var text = ""
    var lineCount = 0
    // A stack of what is still to be shown, so that deep trees need no deep calls.
    var work: [(task: TaskRef?, scope: ScopeRef?, depth: Int)] = [(nil, root, -1)]
    while let item = work.popLast() {
      if lineCount >= treeLineMax {
        text += "… and more\n"
        break
      }
      if let scope = item.scope {
        if scope != root {
          text += indent(item.depth) + line(of: scope) + "\n"
          lineCount += 1
        }
        var children: [TaskRef] = []
        var child = scope.pointee.first
        while let task = child {
          children.append(task)
          child = task.pointee.next
        }
        for task in children.reversed() { work.append((task, nil, item.depth + 1)) }
      } else if let task = item.task {
        text += indent(item.depth) + line(of: task) + "\n"
        lineCount += 1
        var scopes: [ScopeRef] = []
        var next = task.pointee.scope
        while let scope = next, scope.pointee.owner == task {
          if !scope.pointee.flags.contains(.implicit) { scopes.append(scope) }
          next = scope.pointee.parent
        }
        for (index, scope) in scopes.enumerated() {
          work.append((nil, scope, item.depth + scopes.count - index))
        }
      }
    }
    return text
  }

  private func indent(_ depth: Int) -> String {
    String(repeating: "  ", count: Swift.min(Swift.max(depth, 0), 40))
  }

  private func line(of scope: ScopeRef) -> String {
    var text = describe(scope)
    if scope.pointee.state == .cancelling { text += " cancelling: \(cause(of: scope))" }
    if scope.pointee.deadline != .max && scope.pointee.state == .open {
      text += " deadline \(Self.seconds(scope.pointee.duration))"
    }
    return text
  }

  /// "#4 worker  parked 1.5s in recv from channel #2 (0/8)  at a.lua:12".
  func line(of task: TaskRef) -> String {
    guard let kernel = pointee.tasks else { return "" }
    var text = describe(task)
    switch task.pointee.state {
    case .parked:
      let waited = Self.seconds((kernel.pointee.now &- task.pointee.since) / 1_000_000 * 1_000_000)
      text += "  parked \(waited) in \(subject(of: task))"
    case .ready: text += task.pointee.runs == 0 ? "  new" : "  ready"
    case .running: text += "  running"
    case .done: return text + "  done"
    case .failed: return text + "  failed: \(summary(of: task.result.pointee))"
    case .cancelled: return text + "  cancelled"
    }
    if let place = task.pointee.leaf.flatMap({ currentPlace(of: $0) }) { text += "  at \(place)" }
    text += heldText(of: task) + hogText(of: task)
    let labels = extra(of: task, "labels")
    if labels.isTable {
      var position = 0
      while let entry = nextEntry(labels.table, &position) {
        text += "  \(summary(of: entry.key))=\(summary(of: entry.value))"
      }
    }
    return text
  }

  /// What a task waits for, and what that waits for in turn, in a few lines.
  func why(_ task: TaskRef) -> String {
    var lines: [String] = []
    var next: TaskRef? = task
    while let one = next, lines.count < 6 {
      lines.append(line(of: one))
      next = nil
      guard one.pointee.state == .parked else { break }
      if let insight = insight(of: one) {
        let cause = insight.isSaturated ? "  <-- it has not begun: no room for it" : ""
        lines.append("  host \(insight.text)\(cause)")
      }
      next = awaited(by: one)
    }
    return lines.joined(separator: "\n")
  }

  /// The task that another one waits for, if it is one.
  func awaited(by task: TaskRef) -> TaskRef? {
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .join: return object?.assumingMemoryBound(to: TaskObject.self)
    case .acquire: return object?.assumingMemoryBound(to: GateObject.self).pointee.owner
    case .scopeExit: return task.pointee.scope?.pointee.first
    default: return nil
    }
  }

  /// Which task waits for which other one, a line for each: those that wait for an end, and those for a mutex that
  /// somebody holds.
  func taskWaits() -> String {
    guard let root = pointee.tasks?.pointee.root else { return "" }
    var lines: [(id: UInt32, text: String)] = []
    eachTask(in: root) { task in
      guard task.pointee.state == .parked, task.pointee.wait != .scopeExit,
        let other = awaited(by: task)
      else { return }
      let text = "\(describe(task)) waits for \(describe(other)): \(subject(of: task))\n"
      lines.append((task.pointee.id, text))
    }
    return lines.sorted { $0.id < $1.id }.map(\.text).joined()
  }

  /// Why a coroutine cannot be resumed in which another task than the running one is parked.
  func otherTask(in coroutine: FiberRef) -> String? {
    guard let kernel = pointee.tasks, kernel.pointee.current != nil else { return nil }
    var next: FiberRef? = coroutine
    while let fiber = next {
      if let task = fiber.pointee.task {
        if task == kernel.pointee.current { return nil }
        let what = subject(of: task)
        let help = TaskHelp.all["NJ-A033"].map { "\n  help: \($0.advice); see \($0.link)" } ?? ""
        let who = "task \(describe(task)) is inside this coroutine"
        return "NJ-A033 CoroutineBusy: \(who), in \(what)\(help)"
      }
      next = fiber.pointee.resumer
    }
    return nil
  }

  /// Visits all live tasks in a scope.
  func eachTask(in scope: ScopeRef, _ body: (TaskRef) -> Void) {
    var work = [scope]
    while let next = work.popLast() {
      var child = next.pointee.first
      while let task = child {
        child = task.pointee.next
        body(task)
        var inner = task.pointee.scope
        while let one = inner, one != next {
          work.append(one)
          inner = one.pointee.parent
        }
      }
    }
  }
}

extension Machine {
  /// All tasks as a tree.
  package var taskTree: String { vm.taskTree() }

  /// Which task waits for which other one, a line for each.
  package var taskWaits: String { vm.taskWaits() }

  /// The internal natives of the library, by name.
  package func taskInternals() -> Value {
    let table = vm.newTable()
    let mayInspect = vm.pointee.tasks?.pointee.settings.allowsInspection == true
    for definition in TaskNatives.internals + (mayInspect ? TaskNatives.inspections : []) {
      let native = vm.makeNative(definition)
      if definition.name.utf8Start == TaskNatives.finallyName.utf8Start {
        vm.pointee.tasks?.pointee.finallyNative = native
      }
      try? vm.rawSet(table, Value(vm.string(definition.name)), Value(native))
    }
    return Value(table)
  }
}
