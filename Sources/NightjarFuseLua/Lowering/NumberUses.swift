// How the numbers of a module are used. Lua 5.3 and 5.4 have integers beside floats: as an index or in
// a text an integer is faster, while a number that goes elsewhere is a float (`ModuleLowering+Numbers`).

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// What the uses of the variables of a module want of a number.
struct NumberUses {
  /// What a place wants of a number in it.
  enum Want {
    /// Either form is good, whatever else is there.
    case either
    /// Either form is good if it is known which one it is.
    case known
    /// An integer is faster.
    case integer
    /// It must be a float.
    case float
  }

  /// By declaration: in how many places an integer is faster.
  private(set) var indexes: [Int32]
  /// By declaration: in how many places it must be a float.
  private(set) var escapes: [Int32]
  /// By declaration: in how many places it must be known which form it has.
  private(set) var opens: [Int32]
  /// The parameters that a variable is given to.
  private(set) var passed: [Int32: [(function: FunctionID, place: Int)]] = [:]
  /// The assignments to a variable; none for one whose value cannot be known.
  private(set) var assignments: [Int32: [(node: NodeID, conditions: [NodeID])]] = [:]
  /// The conditions that hold at the place being looked at.
  var conditions: [NodeID] = []
  /// The `let` or `for` that declares a variable by a pattern that is its name.
  private(set) var definitions: [Int32: NodeID] = [:]
  /// By function: its calls, as far as they are seen.
  private(set) var calls: [FunctionID: [NodeID]] = [:]
  /// The functions that are called in ways that are not seen.
  private(set) var openFunctions: Set<FunctionID> = []

  init(declarationCount: Int) {
    indexes = [Int32](repeating: 0, count: declarationCount)
    escapes = [Int32](repeating: 0, count: declarationCount)
    opens = [Int32](repeating: 0, count: declarationCount)
  }

  mutating func use(_ declaration: Int32, _ want: Want) {
    switch want {
    case .either: break
    case .known: opens[Int(declaration)] += 1
    case .integer: indexes[Int(declaration)] += 1
    case .float: escapes[Int(declaration)] += 1
    }
  }

  mutating func assign(_ declaration: Int32, _ node: NodeID) {
    assignments[declaration, default: []].append((node, conditions))
  }

  mutating func pass(_ declaration: Int32, to function: FunctionID, _ place: Int) {
    passed[declaration, default: []].append((function, place))
  }

  mutating func define(_ declaration: Int32, _ node: NodeID) { definitions[declaration] = node }

  mutating func call(_ function: FunctionID, _ node: NodeID) {
    calls[function, default: []].append(node)
  }

  mutating func open(_ function: FunctionID) { openFunctions.insert(function) }
}

extension ModuleLowering {
  /// Looks at all uses of variables, once for the module.
  mutating func noteNumberUses() {
    var uses = NumberUses(declarationCount: names.declarations.count)
    visit(tree.root, .float, &uses)
    numberUses = uses
    noteClosedParameters()
  }

  private func visit(_ node: NodeID, _ want: NumberUses.Want, _ uses: inout NumberUses) {
    let raw = tree[node]
    noteValueOfFunction(node, &uses)
    switch raw.kind {
    case .name:
      if case .own(let declaration) = names.reference(of: node) { uses.use(declaration, want) }
    case .namedItem where !tree.lhs(node).isPresent:
      if case .own(let declaration) = names.reference(of: node) { uses.use(declaration, .float) }
    case .parenthesized: visit(tree.lhs(node), want, &uses)
    case .index:
      visit(tree.lhs(node), .float, &uses)
      visit(tree.rhs(node), isPlainIndex(node) ? .integer : .float, &uses)
    case .binary: visitBinary(node, want, &uses)
    case .interpolated: visit(tree.lhs(node), .integer, &uses)
    case .call: visitCall(node, &uses)
    case .let:
      let parts = tree.letParts(node)
      let pattern = plain(tree.lhs(node))
      if tree[pattern].kind == .binding, let declaration = names.declaration(of: pattern) {
        uses.define(declaration, node)
      }
      if parts.value.isPresent { visit(parts.value, .known, &uses) }
    case .forLoop:
      let parts = tree.forParts(node)
      let pattern = plain(parts.pattern)
      if tree[pattern].kind == .binding, let declaration = names.declaration(of: pattern) {
        uses.define(declaration, node)
      }
      visit(parts.sequence, .known, &uses)
      visit(tree.rhs(node), .float, &uses)
    case .assignment: visitAssignment(node, &uses)
    case .clause:
      visit(tree.lhs(node), .float, &uses)
      uses.conditions.append(tree.lhs(node))
      visit(tree.rhs(node), .float, &uses)
      uses.conditions.removeLast()
    case .function:
      // It may run when the conditions hold no more.
      let conditions = uses.conditions
      uses.conditions = []
      visitChildren(node, &uses)
      uses.conditions = conditions
    default: visitChildren(node, &uses)
    }
  }

  /// Notes the function that a node gives as a value, or that its operator calls.
  private func noteValueOfFunction(_ node: NodeID, _ uses: inout NumberUses) {
    switch tree[node].kind {
    case .name, .path, .segment, .namedItem, .member, .genericMember:
      if case .function(let id, _)? = checked.uses[node] { uses.open(id) }
      guard case .own(let declaration) = names.reference(of: node) else { return }
      let known = names.declarations[Int(declaration)]
      if known.kind == .function, let id = checked.functions[known.node] { uses.open(id) }
    case .binary, .unary, .index:
      if case .inherent(let id)? = checked.operations[node] { uses.open(id) }
    default: break
    }
  }

  private func visitChildren(_ node: NodeID, _ uses: inout NumberUses) {
    tree.forEachChild(of: node) { visit($0, .float, &uses) }
  }

  /// Whether an index is a key of a table of Lua.
  func isPlainIndex(_ node: NodeID) -> Bool {
    switch checked.operations[node] {
    case .trait?, .inherent?, .traitRight?: false
    default: true
    }
  }

  /// Whether an operator is Lua's own.
  func isPlainOperator(_ node: NodeID) -> Bool {
    switch checked.operations[node] {
    case nil, .primitive?: true
    default: false
    }
  }

  private func visitBinary(_ node: NodeID, _ want: NumberUses.Want, _ uses: inout NumberUses) {
    let left = tree.lhs(node)
    let right = tree.rhs(node)
    if case .concatenate? = checked.operations[node] {
      visit(left, .integer, &uses)
      visit(right, .integer, &uses)
      return
    }
    guard let op = tree.binaryOperator(node),
      checked.operations[node].map({ isPlainComparison($0) }) ?? true
    else {
      visit(left, .float, &uses)
      visit(right, .float, &uses)
      return
    }
    switch op {
    case .add, .subtract, .multiply:
      // A literal beside it makes the sum a float where one is needed.
      let hasLiteral = isLiteral(left) || isLiteral(right)
      let inner: NumberUses.Want =
        want == .integer
        ? .integer : hasLiteral || want == .either && op != .multiply ? .either : .known
      visit(left, inner, &uses)
      visit(right, inner, &uses)
      if want == .integer, op == .multiply, !hasLiteral {
        visit(left, .known, &uses)
        visit(right, .known, &uses)
      }
    case .modulo where isCount(right):
      // Of floats it is a call of C's `fmod`.
      visit(left, .integer, &uses)
    case .modulo, .floorDivide:
      let inner: NumberUses.Want =
        want == .integer ? .integer : isLiteral(right) ? .either : .known
      visit(left, inner, &uses)
      visit(right, .known, &uses)
    case .range:
      visit(left, .known, &uses)
      visit(right, .either, &uses)
    case .and, .or:
      visit(left, .float, &uses)
      visit(right, .float, &uses)
    default:
      visit(left, .either, &uses)
      visit(right, .either, &uses)
    }
  }

  private func isLiteral(_ node: NodeID) -> Bool { tree[plainExpression(node)].kind == .number }

  /// Whether an expression is a whole number above 0 that stands there.
  private func isCount(_ node: NodeID) -> Bool {
    let node = plainExpression(node)
    guard tree[node].kind == .number else { return false }
    return (IntegerForm(tree.number(tree[node].mainToken))?.low ?? 0) > 0
  }

  private func visitCallee(_ node: NodeID, _ uses: inout NumberUses) {
    let callee = tree.lhs(node)
    guard let call = checked.calls[node], case .function(let id) = call.target else {
      visit(callee, .float, &uses)
      return
    }
    uses.call(id, node)
    switch tree[callee].kind {
    case .name, .path: break
    case .member, .genericMember: visit(tree.lhs(callee), .float, &uses)
    default: visit(callee, .float, &uses)
    }
  }

  private func visitCall(_ node: NodeID, _ uses: inout NumberUses) {
    visitCallee(node, &uses)
    let call = checked.calls[node]
    let arguments = call.map { wantOfArguments($0) } ?? .float
    let isOfMap = call.map { mapMethodName($0) != nil } ?? false
    for (place, argument) in tree.nodes(tree.rhsList(node)).enumerated() {
      let want = isOfMap && place == 0 ? .integer : arguments
      let inner = tree[argument].kind == .namedItem ? tree.lhs(argument) : argument
      if tree[inner].kind == .name, let call, let place = passedPlace(inner, call),
        case .own(let declaration) = names.reference(of: inner)
      {
        uses.pass(declaration, to: place.function, place.place)
        continue
      }
      visit(inner, want, &uses)
    }
  }

  /// The parameter of a function of this module that an argument is for.
  private func passedPlace(
    _ argument: NodeID,
    _ call: Call
  ) -> (function: FunctionID, place: Int)? {
    guard case .function(let id) = call.target, checked.coercions[argument] == nil,
      shared.function(id).module == module
    else { return nil }
    for (index, value) in call.arguments.enumerated() {
      if case .expression(argument) = value {
        return (id, index + (shared.function(id).isMethod ? 1 : 0))
      }
    }
    return nil
  }

  /// What the arguments of a call want of numbers.
  private func wantOfArguments(_ call: Call) -> NumberUses.Want {
    switch call.target {
    case .function(let id), .foreign(let id):
      let function = shared.function(id)
      guard shared.isLibrary[Int(function.module)] else { return .float }
      let name = shared.spelling(function.name)
      switch function.owner {
      case .declaredModule: return name == "print" || name == "tostring" ? .either : .float
      case .implementation(let owner):
        let type = shared.shortName(shared.implementation(owner).type)
        let isIndexed =
          type == "Array" && name == "get" || type == "string" && (name == "byte" || name == "sub")
        return isIndexed ? .integer : .float
      default: return .float
      }
    default: return .float
    }
  }

  private func visitAssignment(_ node: NodeID, _ uses: inout NumberUses) {
    let target = plainExpression(tree.lhs(node))
    switch tree[target].kind {
    case .name:
      if case .own(let declaration) = names.reference(of: target) {
        uses.assign(declaration, node)
      }
      visit(tree.rhs(node), tree.binaryOperator(node) == nil ? .known : .either, &uses)
    case .targetTuple, .tuple:
      unknownTargets(target, &uses)
      visit(tree.rhs(node), .float, &uses)
    default:
      visit(target, .float, &uses)
      visit(tree.rhs(node), tree.binaryOperator(node) == nil ? .float : .either, &uses)
    }
  }

  /// Variables that get parts of a tuple.
  private func unknownTargets(_ target: NodeID, _ uses: inout NumberUses) {
    for item in tree.nodes(tree.lhsList(target)) {
      let item = plainExpression(item)
      switch tree[item].kind {
      case .name:
        if case .own(let declaration) = names.reference(of: item) {
          uses.assign(declaration, .none)
        }
      case .targetTuple, .tuple: unknownTargets(item, &uses)
      default: visit(item, .float, &uses)
      }
    }
  }
}
