// Which of several tasks that are stuck wait for one another: what each could touch if it ran is walked, in
// the part of the heap that nobody else reaches.

/// Tasks that nothing can wake.
///
/// INVARIANT: it is used while the marks of a search are there; marked objects are left out, as none of the
/// tasks waits for one.
struct WaitGraph {
  /// More tasks than this are judged by another search.
  static var taskCountMax: Int { 64 }
  /// More objects than this are not walked, and the tasks count as causes.
  private static var objectCountMax: Int { 200_000 }

  private let vm: VM
  private let tasks: [TaskRef]
  private var left = objectCountMax

  init(_ vm: VM, _ tasks: [TaskRef]) {
    self.vm = vm
    self.tasks = tasks
  }

  /// The tasks that do not merely wait for others, each with those that it waits for in a circle.
  mutating func rootCauses() -> [(task: TaskRef, others: [TaskRef])] {
    // Bit j of row i: task i waits for what task j could do.
    var rows = [UInt64](repeating: 0, count: tasks.count)
    for (column, task) in tasks.enumerated() {
      let reached = reach(of: task)
      for (row, waiting) in tasks.enumerated() where row != column {
        if waits(waiting, for: task, reached) { rows[row] |= 1 << UInt64(column) }
      }
    }
    for middle in tasks.indices {
      for row in tasks.indices where rows[row] & (1 << UInt64(middle)) != 0 {
        rows[row] |= rows[middle]
      }
    }
    var causes: [(task: TaskRef, others: [TaskRef])] = []
    for (row, task) in tasks.enumerated() {
      let others = tasks.indices.filter { $0 != row && rows[row] & (1 << UInt64($0)) != 0 }
      let isCause = others.allSatisfy { rows[$0] & (1 << UInt64(row)) != 0 }
      if !isCause { continue }
      // Whoever waits for another's end is told only if all in the circle do.
      let isEnd = task.waitsForEnd
      if isEnd && others.contains(where: { !tasks[$0].waitsForEnd }) { continue }
      causes.append((task, others.map { tasks[$0] }))
    }
    return causes
  }

  /// Which tasks could touch what others of them wait for.
  mutating func holders() -> [(object: UInt, task: UInt32)] {
    let awaited = Set(tasks.flatMap { $0.awaitedObjects.map { UInt(bitPattern: $0) } })
    return tasks.flatMap { task in
      let reached = reach(of: task)
      return awaited.intersection(reached).map { (object: $0, task: task.pointee.id) }
    }
  }

  /// Whether one task could end another's wait, if it ran.
  private func waits(_ task: TaskRef, for other: TaskRef, _ reached: Set<UInt>) -> Bool {
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .none, .host, .sleep: return false
    case .scopeExit: return other.home == task.pointee.scope
    case .join: return object == UnsafeMutableRawPointer(other)
    case .acquire: return waits(.acquire, object, for: other, reached)
    case .send, .receive, .event: return waits(.event, object, for: other, reached)
    case .select:
      guard let object else { return false }
      let selection = object.assumingMemoryBound(to: SelectionObject.self)
      for index in 0..<selection.pointee.count {
        let arm = selection.arms + index
        if waits(arm.pointee.kind, arm.pointee.node.object, for: other, reached) { return true }
      }
      return false
    }
  }

  private func waits(
    _ kind: OperationKind,
    _ object: UnsafeMutableRawPointer?,
    for other: TaskRef,
    _ reached: Set<UInt>
  ) -> Bool {
    guard let object else { return false }
    if kind == .join { return object == UnsafeMutableRawPointer(other) }
    if kind == .acquire {
      let gate = object.assumingMemoryBound(to: GateObject.self)
      if let owner = gate.pointee.owner { return owner == other }
    }
    return reached.contains(UInt(bitPattern: object))
  }

  /// The unmarked objects that a task could touch.
  private mutating func reach(of task: TaskRef) -> Set<UInt> {
    var walk = Walk(vm, left)
    walk.add(own: task)
    while walk.left > 0, let object = walk.stack.popLast() { walk.visit(object) }
    left = walk.left
    return walk.seen
  }
}

extension UnsafeMutablePointer where Pointee == TaskObject {
  /// Whether the task waits for the end of another one.
  fileprivate var waitsForEnd: Bool { pointee.wait == .join || pointee.wait == .scopeExit }
}

/// A walk through unmarked objects.
private struct Walk {
  let vm: VM
  var seen: Set<UInt> = []
  var stack: [ObjectRef] = []
  var left: Int

  init(_ vm: VM, _ left: Int) {
    self.vm = vm
    self.left = left
  }

  mutating func add(_ object: UnsafeMutableRawPointer?) {
    guard let object, !vm.pointee.heap.isMarked(object),
      seen.insert(UInt(bitPattern: object)).inserted
    else { return }
    left -= 1
    stack.append(object.assumingMemoryBound(to: ObjectHeader.self))
  }

  mutating func add(_ value: Value) {
    if value.isCollectable && value.tag != .string { add(value.pointer) }
  }

  mutating func add(_ slots: Slots, count: Int) {
    for index in 0..<count { add(slots[index]) }
  }

  /// What a task's own frames refer to.
  mutating func add(own task: TaskRef) {
    add(task.pointee.fiber)
    add(task.pointee.leaf)
    add(task.pointee.extras)
    var scope = task.pointee.scope
    while let own = scope, own.pointee.owner == task {
      add(own.pointee.fiber)
      add(own.pointee.extras)
      scope = own.pointee.parent
    }
  }

  mutating func visit(_ object: ObjectRef) {
    let memory = UnsafeMutableRawPointer(object)
    switch object.pointee.kind {
    case .table:
      let table = memory.assumingMemoryBound(to: TableObject.self)
      add(table.pointee.metatable)
      add(table.pointee.array, count: Int(table.pointee.arrayCount))
      for index in 0..<Int(table.pointee.nodeCount) where !table.pointee.nodes[index].value.isNil {
        let node = table.pointee.nodes[index]
        add(Value(bits: node.keyBits, tag: node.keyTag))
        add(node.value)
      }
    case .closure:
      let closure = memory.assumingMemoryBound(to: ClosureObject.self)
      for index in 0..<closure.upvalueCount {
        add(closure.upvalues[index].pointee.location.pointee)
      }
    case .native:
      let native = memory.assumingMemoryBound(to: NativeObject.self)
      add(native.upvalues, count: native.upvalueCount)
    case .userdata: visit(userdata: memory.assumingMemoryBound(to: UserdataObject.self))
    case .fiber:
      let fiber = memory.assumingMemoryBound(to: FiberObject.self)
      if fiber == vm.pointee.fiber { return }
      add(fiber.pointee.stack, count: fiber.pointee.top - fiber.pointee.stack)
      let frameCount = fiber.pointee.frame - fiber.pointee.frames
      if frameCount > 0 {
        for index in 1...frameCount { add(fiber.pointee.frames[index].function) }
      }
      add(fiber.pointee.resumer)
    default: break
    }
  }

  private mutating func visit(userdata: UnsafeMutablePointer<UserdataObject>) {
    let memory = UnsafeMutableRawPointer(userdata)
    add(userdata.pointee.metatable)
    switch userdata.pointee.header.extra {
    case KernelKind.none: add(userdata.userValues, count: userdata.userValueCount)
    case KernelKind.task:
      let task = memory.assumingMemoryBound(to: TaskObject.self)
      if task.hasEnded { add(task.result.pointee) }
    case KernelKind.channel:
      let channel = memory.assumingMemoryBound(to: ChannelObject.self)
      add(channel.pointee.ring, count: Int(channel.pointee.ringCount))
    case KernelKind.sender, KernelKind.receiver:
      add(memory.assumingMemoryBound(to: ChannelEndObject.self).pointee.channel)
    case KernelKind.operation:
      let operation = memory.assumingMemoryBound(to: OperationObject.self)
      add(operation.pointee.object)
      add(operation.pointee.value)
    case KernelKind.selection:
      let selection = memory.assumingMemoryBound(to: SelectionObject.self)
      for index in 0..<selection.pointee.count { add(selection.arms[index].node.object) }
    default: break
    }
  }
}
