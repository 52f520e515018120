// The search after tasks that nothing can wake, as the first half of a collection: marking follows only what
// can still run, so that a waiting task whose object stays unmarked waits for something nobody has.
//
//   running, ready, with a timer, at the host ─┐
//   globals, the host's handles ───────────────┴► mark ──► tasks whose wait can end ──► mark ──► …
//                                                          what is left: `waiting`
//
// Between scope and child nothing is followed, or a parent that waits would keep what its children wait for.
// Afterwards marking goes on as always, so the search itself frees nothing and keeps nothing.
//
// INVARIANT: no script runs between the beginning of the search and its end.

/// What a search knows.
struct TaskSearch {
  /// All tasks that have not ended.
  var tasks: [TaskRef] = []
  /// Those of them that something must wake, and of which nothing is known that could.
  var waiting: [TaskRef] = []
  /// Scopes that were visited in part.
  var scopes: [ScopeRef] = []
  /// The scopes of tasks that have ended, which are marked when the search is over.
  private(set) var homes: [ScopeRef] = []
  /// Things were kept that only weak tables or finalizers refer to: another collection is due.
  var keptWeak = false
}

extension TaskSearch {
  /// Remembers the scope of a task that has ended; most of them are siblings.
  mutating func keep(home: ScopeRef?) {
    if let home, homes.last != home { homes.append(home) }
  }
}

extension Marker {
  /// More rounds than this are given up, with no task found: each looks at all that wait.
  private static var roundCountMax: Int { 200 }

  /// Marks what running tasks can reach, and finds the tasks that wait for something else.
  mutating func search(_ kernel: KernelRef, _ root: ScopeRef) {
    var search = TaskSearch()
    vm.eachTask(in: root) { search.tasks.append($0) }
    search.waiting = search.tasks.filter { $0.mustBeWoken }
    kernel.pointee.search = search
    vm.pointee.heap.marking.isSearching = true
    markRoots()
    for task in search.tasks where !task.mustBeWoken { follow(task) }
    converge(kernel)
    if kernel.pointee.search?.waiting.isEmpty == false { keepWeak(kernel) }
    if kernel.pointee.search?.waiting.isEmpty == false { vm.judgeWaiting(kernel, self) }
    vm.pointee.heap.marking.isSearching = false
    complete(kernel)
    drainAll()
  }

  /// Marks what a task that can go on refers to.
  mutating func follow(_ task: TaskRef) {
    if task.pointee.flags.contains(.canGoOn) { return }
    task.pointee.flags.insert(.canGoOn)
    mark(object: task.pointee.fiber)
    mark(object: task.pointee.leaf)
    mark(object: task.pointee.node.object)
    mark(object: task.pointee.extras)
    var scope = task.pointee.scope
    while let own = scope, own.pointee.owner == task {
      mark(object: own)
      mark(object: own.pointee.fiber)
      mark(object: own.pointee.extras)
      scope = own.pointee.parent
    }
  }

  /// Takes out of `waiting` whoever can be woken, until nobody else is.
  private mutating func converge(_ kernel: KernelRef) {
    drainAll()
    guard var waiting = kernel.pointee.search?.waiting else { return }
    var hasChanged = true
    var rounds = 0
    while hasChanged && !waiting.isEmpty {
      drainAll()
      hasChanged = false
      rounds += 1
      if rounds > Self.roundCountMax {
        waiting = []
        break
      }
      // Each round goes the other way, so that a chain is short in one of them.
      waiting.reverse()
      var kept: [TaskRef] = []
      for task in waiting {
        if canBeWoken(task) {
          follow(task)
          hasChanged = true
        } else {
          kept.append(task)
        }
      }
      waiting = kept
    }
    kernel.pointee.search?.waiting = waiting
  }

  /// What weak tables refer to lives as long as the waiting tasks refer to it, and finalizers may do
  /// anything with what they reach: both count for what can run.
  private mutating func keepWeak(_ kernel: KernelRef) {
    var keeps = false
    for index in 0..<vm.pointee.heap.finalizable.count {
      let object = vm.pointee.heap.finalizable[index]
      keeps = keeps || !vm.pointee.heap.isMarked(object)
      mark(object: object)
    }
    converge(kernel)
    var position = 0
    while position < vm.pointee.heap.marking.weakTables.count {
      let table = vm.pointee.heap.marking.weakTables[position]
      position += 1
      for index in 0..<Int(table.pointee.arrayCount) {
        keep(table.pointee.array[index], &keeps)
      }
      for index in 0..<Int(table.pointee.nodeCount) where !table.pointee.nodes[index].value.isNil {
        let node = table.pointee.nodes[index]
        keep(Value(bits: node.keyBits, tag: node.keyTag), &keeps)
        keep(node.value, &keeps)
      }
      drainAll()
      if position == vm.pointee.heap.marking.weakTables.count { converge(kernel) }
    }
    kernel.pointee.search?.keptWeak = keeps
  }

  /// Marks what a weak table refers to, and notes whether nothing else did.
  private mutating func keep(_ value: Value, _ keeps: inout Bool) {
    keeps = keeps || value.isCollectable && !isMarked(value.pointer)
    mark(bits: value.bits, tag: value.tag)
  }

  /// Whether something that can run might end a task's wait.
  private func canBeWoken(_ task: TaskRef) -> Bool {
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .none, .host: return true
    case .sleep: return false
    case .scopeExit: return task.pointee.scope.map { childrenCanEnd($0) } ?? true
    case .select:
      guard let object else { return true }
      let selection = object.assumingMemoryBound(to: SelectionObject.self)
      for index in 0..<selection.pointee.count {
        let arm = selection.arms + index
        if canEnd(arm.pointee.kind, arm.pointee.node.object) { return true }
      }
      return false
    case .join: return canEnd(.join, object)
    case .acquire: return canEnd(.acquire, object)
    case .send, .receive, .event: return canEnd(.event, object)
    }
  }

  private func canEnd(_ kind: OperationKind, _ object: UnsafeMutableRawPointer?) -> Bool {
    guard let object else { return false }
    switch kind {
    case .join:
      let task = object.assumingMemoryBound(to: TaskObject.self)
      return task.hasEnded || task.pointee.flags.contains(.canGoOn)
    case .acquire:
      let gate = object.assumingMemoryBound(to: GateObject.self)
      // Only its owner lets go of a mutex.
      if let owner = gate.pointee.owner { return owner.pointee.flags.contains(.canGoOn) }
      return isMarked(object)
    default: return isMarked(object)
    }
  }

  private func childrenCanEnd(_ scope: ScopeRef) -> Bool {
    var child = scope.pointee.first
    while let task = child {
      child = task.pointee.next
      if !task.pointee.flags.contains(.canGoOn) && !task.pointee.flags.contains(.daemon) {
        return false
      }
    }
    return true
  }

  /// Visits once more, in whole, what was visited in part.
  private mutating func complete(_ kernel: KernelRef) {
    guard let search = kernel.pointee.search else { return }
    for task in search.tasks {
      task.pointee.flags.remove(.canGoOn)
      _ = setBit(task)
      _ = visit(kernelObject: UnsafeMutableRawPointer(task), KernelKind.task)
      mark(object: task.pointee.metatable)
    }
    for scope in search.scopes {
      _ = visit(kernelObject: UnsafeMutableRawPointer(scope), KernelKind.scope)
    }
    for home in search.homes { mark(object: home) }
    mark(kernel)
  }
}

extension UnsafeMutablePointer where Pointee == TaskObject {
  /// Whether only somebody else can end the task's wait.
  var mustBeWoken: Bool {
    guard pointee.state == .parked, pointee.timer < 0 else { return false }
    return pointee.wait != .none && pointee.wait != .host
  }
}
