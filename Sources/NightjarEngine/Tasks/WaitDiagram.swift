// Who waits for what, as a drawing: tasks and the objects between them in the DOT language. An arrow goes from
// whoever waits to what is waited for, and from there to whoever holds it; a circle in the drawing is a deadlock.
//
//   #1 main ──send──► channel "wish" (1/1) ──held by──► #1 main
//
// For that nobody keeps books: who holds a mutex is known, and who else could touch a channel is found by a search
// (TaskSearch.swift), for those things that nobody who can go on reaches.

internal import NightjarBase

/// A drawing in the making.
private struct WaitDiagram {
  private(set) var nodes: [String: String] = [:]
  private var order: [String] = []
  private(set) var edges: [(from: String, to: String, label: String)] = []

  mutating func add(_ id: String, _ label: String, _ more: String = "") {
    if nodes[id] == nil { order.append(id) }
    nodes[id] = "  \(id) [label=\(Self.quoted(label))\(more)];"
  }

  mutating func connect(_ from: String, _ to: String, _ label: String) {
    edges.append((from, to, label))
  }

  /// What can be come to from a node, or all of it.
  func text(from start: String?) -> String {
    var shown = Set(order)
    if let start {
      shown = [start]
      var work = [start]
      while let id = work.popLast() {
        for edge in edges where edge.from == id && shown.insert(edge.to).inserted {
          work.append(edge.to)
        }
      }
    }
    let lines =
      order.filter { shown.contains($0) }.compactMap { nodes[$0] }
      + edges.filter { shown.contains($0.from) && shown.contains($0.to) }.map {
        "  \($0.from) -> \($0.to) [label=\(Self.quoted($0.label))];"
      }
    return "digraph tasks {\n  rankdir=LR;\n  node [shape=box];\n"
      + lines.map { $0 + "\n" }.joined() + "}\n"
  }

  /// A text as the language has it.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}

/// The most tasks that are drawn.
private let drawnTaskMax = 1000

extension UnsafeMutablePointer where Pointee == TaskObject {
  /// The objects that the task waits for.
  var awaitedObjects: [UnsafeMutableRawPointer] {
    guard let object = pointee.node.object else { return [] }
    guard pointee.wait == .select else { return [object] }
    let selection = object.assumingMemoryBound(to: SelectionObject.self)
    return (0..<selection.pointee.count).compactMap { selection.arms[$0].node.object }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What all tasks wait for, or one of them in the end, in the DOT language.
  func waitDiagram(of task: TaskRef? = nil) -> String {
    guard let kernel = pointee.tasks, let root = kernel.pointee.root else { return "" }
    kernel.pointee.diagramHolders = []
    collectSearching(kernel, root)
    chargeCollection()
    let holders = kernel.pointee.diagramHolders ?? []
    kernel.pointee.diagramHolders = nil
    var tasks: [TaskRef] = []
    eachTask(in: root) { if tasks.count < drawnTaskMax { tasks.append($0) } }
    tasks.sort { $0.pointee.id < $1.pointee.id }
    var diagram = WaitDiagram()
    let stuck = Set(holders.map { $0.task })
    for one in tasks { draw(one, isStuck: stuck.contains(one.pointee.id), &diagram) }
    for one in tasks { connect(one, &diagram) }
    for (object, id) in holders.sorted(by: { ($0.task, $0.object) < ($1.task, $1.object) }) {
      let name = tasks.lazy.compactMap { waiting in
        waiting.awaitedObjects.first { UInt(bitPattern: $0) == object }
      }.first.map { self.name(ofDrawn: $0) }
      guard let name, diagram.nodes[name] != nil, isNoMutex(object) else { continue }
      diagram.connect(name, "t\(id)", "held by")
    }
    return diagram.text(from: task.map { "t\($0.pointee.id)" })
  }

  private func isNoMutex(_ object: UInt) -> Bool {
    guard let memory = UnsafeMutableRawPointer(bitPattern: object) else { return false }
    let header = memory.assumingMemoryBound(to: ObjectHeader.self)
    guard header.pointee.extra == KernelKind.gate else {
      return header.pointee.extra == KernelKind.channel
    }
    return memory.assumingMemoryBound(to: GateObject.self).pointee.kind != .mutex
  }

  private func draw(_ task: TaskRef, isStuck: Bool, _ diagram: inout WaitDiagram) {
    var label = describe(task)
    if let place = task.pointee.leaf.flatMap({ currentPlace(of: $0) }) { label += "\n\(place)" }
    diagram.add("t\(task.pointee.id)", label, isStuck ? ", color=red" : "")
  }

  /// A name for what is drawn of an object; that of a task is its own.
  private func name(ofDrawn object: UnsafeMutableRawPointer) -> String {
    switch object.assumingMemoryBound(to: ObjectHeader.self).pointee.extra {
    case KernelKind.channel:
      return "c\(object.assumingMemoryBound(to: ChannelObject.self).pointee.id)"
    case KernelKind.gate: return "g\(object.assumingMemoryBound(to: GateObject.self).pointee.id)"
    default: return "t\(object.assumingMemoryBound(to: TaskObject.self).pointee.id)"
    }
  }

  /// Draws what a task waits for, and who has that.
  private func connect(_ task: TaskRef, _ diagram: inout WaitDiagram) {
    guard task.pointee.state == .parked else { return }
    let id = "t\(task.pointee.id)"
    switch task.pointee.wait {
    case .scopeExit:
      guard let scope = task.pointee.scope else { return }
      eachChild(of: scope) { child in
        diagram.connect(id, "t\(child.pointee.id)", "end of \(describe(scope))")
      }
    case .host:
      let name = insight(of: task).map { "host \($0.text)" } ?? "the host"
      diagram.add("h\(task.pointee.id)", name, ", shape=ellipse")
      diagram.connect(id, "h\(task.pointee.id)", "call")
    case .sleep:
      diagram.add("s\(task.pointee.id)", subject(of: task), ", shape=plaintext")
      diagram.connect(id, "s\(task.pointee.id)", "sleep")
    default:
      for object in task.awaitedObjects { connect(task, id, object, &diagram) }
    }
  }

  private func connect(
    _ task: TaskRef,
    _ id: String,
    _ object: UnsafeMutableRawPointer,
    _ diagram: inout WaitDiagram
  ) {
    let name = name(ofDrawn: object)
    diagram.connect(id, name, task.pointee.wait.name)
    switch object.assumingMemoryBound(to: ObjectHeader.self).pointee.extra {
    case KernelKind.channel:
      let channel = object.assumingMemoryBound(to: ChannelObject.self)
      let fill = "(\(channel.pointee.count)/\(channel.pointee.capacity))"
      diagram.add(name, "\(describe(channel)) \(fill)", ", shape=ellipse")
    case KernelKind.gate:
      let gate = object.assumingMemoryBound(to: GateObject.self)
      let isNew = diagram.nodes[name] == nil
      diagram.add(name, describe(gate), ", shape=ellipse")
      if let owner = gate.pointee.owner, isNew {
        diagram.connect(name, "t\(owner.pointee.id)", "held by")
      }
    default: break
    }
  }

  private func eachChild(of scope: ScopeRef, _ body: (TaskRef) -> Void) {
    var next = scope.pointee.first
    while let child = next {
      body(child)
      next = child.pointee.next
    }
  }
}

extension Machine {
  /// What all tasks wait for, in the DOT language.
  package func taskDiagram() -> String { vm.waitDiagram() }
}
