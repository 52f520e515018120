// Looks at the body of one function for what becomes of its parameters: see Lending.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// What becomes of the parameters of a function.
struct LendingReader {
  private let program: CheckedProgram
  private let tree: FuseTree
  private let names: ModuleNames
  private let checked: CheckedModule
  private let function: FunctionDeclaration
  private var summary = Lending.Summary()
  private var passes: Set<Lending.Pass> = []

  /// The first node of the function.
  private var start = 0
  /// For each node of the function, the parameters that its value may carry, one bit each.
  private var carried: [UInt64] = []
  /// For each variable, the same.
  private var variables: [Int32: UInt64] = [:]
  /// For each node, whether it is in a function inside.
  private var isInner: [Bool] = []
  private var hasChanged = false

  init(_ program: CheckedProgram, _ id: FunctionID) {
    self.program = program
    function = program.functions[Int(id.rawValue)]
    let module = program.program.modules[Int(function.module)]
    tree = module.tree
    names = module.names
    checked = program.modules[Int(function.module)]
  }

  mutating func read() -> Lending.Summary {
    let end = Int(function.node.rawValue)
    summary.keeps = [Lending.Keep?](repeating: nil, count: function.parameters.count)
    findNodes(end)
    carried = [UInt64](repeating: 0, count: end - start)
    for (place, parameter) in function.parameters.enumerated() {
      if let index = names.declaration(of: parameter.node) { variables[index] = bit(place) }
    }
    repeat {
      hasChanged = false
      for index in start..<end { look(NodeID(Int32(truncatingIfNeeded: index))) }
    } while hasChanged
    let body = tree.function(function.node).body
    if function.result != TypeStore.unit { keep(self[body], body, "given back here") }
    summary.passes = passes.sorted {
      ($0.site.rawValue, $0.parameter) < ($1.site.rawValue, $1.parameter)
    }
    return summary
  }

  /// Parameters beyond the 63rd share a bit.
  private func bit(_ place: Int) -> UInt64 { 1 << UInt64(min(place, 63)) }

  /// The nodes of a function stand together, before it.
  private mutating func findNodes(_ end: Int) {
    start = first(end)
    isInner = [Bool](repeating: false, count: end - start)
    for index in stride(from: end - 1, through: start, by: -1)
    where tree.nodes[index].kind == .function && !isInner[index - start] {
      for inner in max(first(index), start)..<index { isInner[inner - start] = true }
    }
  }

  private func first(_ end: Int) -> Int {
    let token = tree.nodes[end].firstToken
    var index = end
    while index > 1, tree.nodes[index - 1].firstToken >= token { index -= 1 }
    return index
  }

  private subscript(_ id: NodeID) -> UInt64 {
    let place = Int(id.rawValue) - start
    return carried.indices.contains(place) ? carried[place] : 0
  }

  private mutating func keep(_ bits: UInt64, _ site: NodeID, _ reason: String) {
    if bits == 0 { return }
    for place in summary.keeps.indices where bits & bit(place) != 0 && summary.keeps[place] == nil {
      summary.keeps[place] = Lending.Keep(module: function.module, site: site, reason: reason)
    }
  }

  private mutating func give(_ bits: UInt64, to index: Int32) {
    let known = variables[index] ?? 0
    if known | bits != known {
      variables[index] = known | bits
      hasChanged = true
    }
  }

  // MARK: Nodes

  private mutating func look(_ id: NodeID) {
    let bits = isCopied(id) ? 0 : value(id)
    carried[Int(id.rawValue) - start] = bits
    statement(id)
  }

  /// Whether the value of a node is copied, so that it carries nothing.
  private func isCopied(_ id: NodeID) -> Bool {
    let type = checked.nodeTypes[Int(id.rawValue)]
    if type.rawValue < 0 { return false }
    switch program.types[type] {
    case .number, .string, .ustring, .boolean, .nil, .literal: return true
    default: return false
    }
  }

  private func all(_ list: NodeList) -> UInt64 { tree.nodes(list).reduce(0) { $0 | self[$1] } }

  /// What the value of a node may carry.
  private mutating func value(_ id: NodeID) -> UInt64 {
    let node = tree[id]
    switch node.kind {
    case .name, .selfValue:
      guard case .own(let index) = names.reference(of: id) else { return 0 }
      return variables[index] ?? 0
    case .parenthesized, .cast, .propagate, .spread, .elseArm, .doBlock, .try, .await:
      return self[tree.lhs(id)]
    case .namedItem:
      if tree.lhs(id).isPresent { return self[tree.lhs(id)] }
      guard case .own(let index) = names.reference(of: id) else { return 0 }
      return variables[index] ?? 0
    case .keyedItem, .binary: return self[tree.lhs(id)] | self[tree.rhs(id)]
    case .clause, .scopeBlock: return self[tree.rhs(id)]
    case .tuple, .array, .table: return all(tree.lhsList(id))
    case .structLiteral: return all(tree.rhsList(id))
    case .ifExpression: return all(tree.clauses(id)) | self[tree.rhs(id)]
    case .match: return all(tree.rhsList(id))
    case .arm: return self[tree.arm(id).body]
    case .block:
      let value = tree.value(ofBlock: id)
      return value.isPresent ? self[value] : 0
    case .function: return captured(id)
    case .call: return call(id)
    default: return 0
    }
  }

  /// What a function inside has of the variables around it.
  private func captured(_ id: NodeID) -> UInt64 {
    guard let scope = names.functions.first(where: { $0.node == id }) else { return 0 }
    return scope.captures.reduce(0) { $0 | (variables[$1] ?? 0) }
  }

  private mutating func statement(_ id: NodeID) {
    switch tree[id].kind {
    case .let: bind(tree.lhs(id), self[tree.letParts(id).value])
    case .forLoop:
      let (pattern, sequence) = tree.forParts(id)
      bind(pattern, self[sequence])
    case .match:
      for arm in tree.nodes(tree.rhsList(id)) where tree[arm].kind == .arm {
        bind(tree.arm(arm).pattern, self[tree.lhs(id)])
      }
    case .assignment: store(tree.lhs(id), self[tree.rhs(id)])
    case .return, .yield:
      if !isInner[Int(id.rawValue) - start], tree.lhs(id).isPresent {
        keep(self[tree.lhs(id)], id, "given back here")
      }
    case .static, .globalVariable: keep(self[tree.rhs(id)], id, "stored here")
    case .function:
      // A function with a name that has it may be called by anybody.
      if let index = names.declaration(of: id) { give(captured(id), to: index) }
    default: break
    }
  }

  private mutating func bind(_ pattern: NodeID, _ bits: UInt64) {
    if bits == 0 { return }
    if let index = names.declaration(of: pattern) { give(bits, to: index) }
    var parts: [NodeID] = []
    tree.forEachChild(of: pattern) { parts.append($0) }
    for part in parts { bind(part, bits) }
  }

  private mutating func store(_ target: NodeID, _ bits: UInt64) {
    if bits == 0 { return }
    switch tree[target].kind {
    case .name:
      guard case .own(let index) = names.reference(of: target) else { return }
      let declaration = names.declarations[Int(index)]
      let isOwn = declaration.kind == .variable && isLocal(declaration)
      isOwn ? give(bits, to: index) : keep(bits, target, "stored here")
    case .targetLet: bind(target, bits)
    case .targetTuple: for item in tree.nodes(tree.lhsList(target)) { store(item, bits) }
    case .wildcard: break
    default: keep(bits, target, "stored here")
    }
  }

  /// Whether a variable is one of the function itself.
  private func isLocal(_ declaration: Declaration) -> Bool {
    Int(declaration.node.rawValue) >= start && declaration.node.rawValue < function.node.rawValue
  }

  // MARK: Calls

  private mutating func call(_ id: NodeID) -> UInt64 {
    guard let call = checked.calls[id] else { return 0 }
    let list = tree.rhsList(id)
    switch call.target {
    case .enumFunction: return 0
    case .variant, .some: return all(list)
    case .value, .tableMethod, .unsafeValue:
      keep(all(list), id, "passed to a function that nobody knows")
      return self[tree.lhs(id)]
    case .function(let callee), .foreign(let callee), .callMethod(let callee, _),
      .slot(let callee):
      pass(call, to: callee)
    case .traitFunction(let callee, let evidence): pass(call, to: method(callee, evidence))
    }
    return 0
  }

  private mutating func pass(_ call: Call, to callee: FunctionID) {
    var first = 0
    if let receiver = call.receiver {
      add(self[receiver], callee, 0, receiver)
      first = 1
    }
    for (place, argument) in call.arguments.enumerated() {
      switch argument {
      case .expression(let node): add(self[node], callee, first + place, node)
      case .rest(let nodes): for node in nodes { add(self[node], callee, first + place, node) }
      case .spreadItem(let node, _): add(self[node], callee, first + place, node)
      case .defaultValue: break
      }
    }
  }

  private mutating func add(_ bits: UInt64, _ callee: FunctionID, _ place: Int, _ site: NodeID) {
    if bits == 0 { return }
    for parameter in summary.keeps.indices where bits & bit(parameter) != 0 {
      passes.insert(.init(parameter: parameter, callee: callee, place: place, site: site))
    }
  }

  /// The function that a trait's method is for an `impl`: its own, or the default body.
  private func method(_ callee: FunctionID, _ evidence: Evidence) -> FunctionID {
    guard case .implementation(let id, _) = evidence else { return callee }
    let name = program.functions[Int(callee.rawValue)].name
    let methods = program.implementations[Int(id.rawValue)].methods
    return methods.first { program.functions[Int($0.rawValue)].name == name } ?? callee
  }
}
