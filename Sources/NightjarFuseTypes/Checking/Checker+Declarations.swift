// What is declared in a program, before anything is read that may name something else: types, traits,
// functions and implementations get their numbers, in the order of modules and nodes.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Gives numbers to what a module declares: first to what other modules can see, which so keeps its
  /// numbers when a body is edited.
  mutating func declareItems(_ index: Int32) {
    enter(index)
    declaredNodes = []
    for statement in tree.nodes(tree.statements(tree.root)) { declareShown(statement) }
    for place in tree.nodes.indices {
      let node = NodeID(Int32(truncatingIfNeeded: place))
      switch tree.nodes[place].kind {
      case .structDeclaration, .enumDeclaration, .unionDeclaration, .typeDeclaration,
        .traitDeclaration, .function, .implementation:
        declareItem(node)
      case .declareModule, .declareGlobal, .externBlock: adoptDeclared(node)
      case .typeParameter: declareParameter(node)
      default: break
      }
    }
  }

  /// Declares a statement of a module that other modules may see.
  private mutating func declareShown(_ node: NodeID) {
    switch tree[node].kind {
    case .structDeclaration, .traitDeclaration, .implementation:
      for member in tree.nodes(tree.rhsList(node)) where tree[member].kind == .function {
        declareItem(member)
      }
      declareItem(node)
    case .enumDeclaration, .unionDeclaration, .typeDeclaration: declareItem(node)
    case .function: if isShown(node) { declareItem(node) }
    case .declareModule, .declareGlobal, .externBlock:
      for member in tree.nodes(tree.rhsList(node)) {
        if tree[member].kind == .function { declareItem(member) } else { declareShown(member) }
      }
    default: break
    }
  }

  /// Whether a function is exported.
  private func isShown(_ node: NodeID) -> Bool {
    if tree[node].flags.contains(.isExported) { return true }
    guard let declaration = names.declaration(of: node) else { return false }
    return names.declarations[Int(declaration)].flags.contains(.isExported)
  }

  /// Declares an item, unless that was done.
  private mutating func declareItem(_ node: NodeID) {
    switch tree[node].kind {
    case .function: if out.functions[node] == nil { declareFunction(node) }
    case .implementation: if declaredNodes.insert(node).inserted { declareImplementation(node) }
    default:
      if !declaredNodes.insert(node).inserted { return }
      switch tree[node].kind {
      case .structDeclaration: declareNominal(node, .structType)
      case .enumDeclaration: declareNominal(node, .enumType)
      case .unionDeclaration: declareNominal(node, .unionType)
      case .typeDeclaration: declareType(node)
      case .traitDeclaration: declareTrait(node)
      default: break
      }
    }
  }

  private func id(_ declaration: Int32) -> DeclarationID {
    DeclarationID(module: module, declaration: declaration)
  }

  private mutating func declareNominal(_ node: NodeID, _ kind: NominalType.Kind) {
    guard let declaration = names.declaration(of: node) else { return }
    let name = name(of: node)
    let nominal = add(
      NominalType(
        kind: kind,
        name: name,
        declaration: id(declaration),
        parameters: parameterIDs(tree.typeParameters(node))
      )
    )
    meanings[Int(module)][Int(declaration)] = .nominal(nominal)
    if module == 0 { learn(nominal, spelling(name)) }
    for member in tree.nodes(tree.rhsList(node)) where tree[member].kind == .function {
      setOwner(member, .declaredType(nominal))
    }
  }

  private mutating func learn(_ nominal: NominalID, _ name: String) {
    switch name {
    case "Array": known.arrayType = nominal
    case "Optional": known.optionalType = nominal
    case "Result": known.resultType = nominal
    case "Range": known.rangeType = nominal
    case "Table": known.tableType = nominal
    case "Tuple": known.tupleType = nominal
    case "Future": known.futureType = nominal
    case "LuaError": known.luaErrorType = nominal
    case "number": known.numberType = nominal
    case "string": known.stringType = nominal
    case "ustring": known.ustringType = nominal
    case "boolean": known.booleanType = nominal
    default: break
    }
  }

  private mutating func declareType(_ node: NodeID) {
    if !tree.rhs(node).isPresent { return declareNominal(node, .opaque) }
    guard let declaration = names.declaration(of: node) else { return }
    aliases[id(declaration)] = Alias(
      node: node,
      module: module,
      parameters: parameterIDs(tree.typeParameters(node))
    )
  }

  private mutating func declareTrait(_ node: NodeID) {
    guard let declaration = names.declaration(of: node) else { return }
    let name = name(of: node)
    let methods = methods(of: node)
    let trait = add(
      TraitDeclaration(
        name: name,
        declaration: id(declaration),
        parameters: parameterIDs(tree.typeParameters(node)),
        supertraits: [],
        methods: methods,
        constants: [],
        isObjectSafe: true
      )
    )
    for method in methods { functions[Int(method.rawValue)].owner = .trait(trait) }
    for method in methods {
      traitFunctions[functions[Int(method.rawValue)].name, default: []].append(method)
    }
    meanings[Int(module)][Int(declaration)] = .trait(trait)
    if module == 0 { known.traits[name] = trait }
  }

  private mutating func declareFunction(_ node: NodeID) {
    let parts = tree.function(node)
    guard parts.name.isPresent else { return }
    let name = name(of: parts.name)
    let function = add(
      FunctionDeclaration(
        name: name,
        module: module,
        node: node,
        owner: .block,
        typeParameters: parameterIDs(parts.typeParameters),
        bounds: [],
        parameters: [],
        result: TypeStore.unit,
        qualifiers: parts.qualifiers,
        isPublic: tree[node].flags.contains(.isPublic),
        isExported: tree[node].flags.contains(.isExported)
      )
    )
    out.functions[node] = function
    if let declaration = names.declaration(of: node) {
      meanings[Int(module)][Int(declaration)] = .function(function)
      if names.declarations[Int(declaration)].flags.contains(.isExported) {
        functions[Int(function.rawValue)].isExported = true
      }
    }
  }

  private mutating func declareImplementation(_ node: NodeID) {
    let methods = methods(of: node)
    let id = add(
      Implementation(
        module: module,
        node: node,
        trait: nil,
        type: TypeStore.error,
        parameters: parameterIDs(tree.typeParameters(node)),
        bounds: [],
        methods: methods,
        constants: [:]
      )
    )
    for method in methods { functions[Int(method.rawValue)].owner = .implementation(id) }
  }

  /// The functions that stand in a trait or `impl`.
  private func methods(of node: NodeID) -> [FunctionID] {
    tree.nodes(tree.rhsList(node)).compactMap { member in
      tree[member].kind == .function ? out.functions[member] : nil
    }
  }

  private mutating func adoptDeclared(_ block: NodeID) {
    for member in tree.nodes(tree.rhsList(block)) {
      switch tree[member].kind {
      case .function: setOwner(member, .declaredModule)
      case .structDeclaration, .enumDeclaration, .unionDeclaration, .typeDeclaration:
        guard let declaration = names.declaration(of: member),
          case .nominal(let nominal) = meanings[Int(module)][Int(declaration)]
        else { continue }
        nominals[Int(nominal.rawValue)].isDeclared = true
      default: break
      }
    }
  }

  private mutating func setOwner(_ node: NodeID, _ owner: FunctionDeclaration.Owner) {
    if let function = out.functions[node] { functions[Int(function.rawValue)].owner = owner }
  }

  // MARK: Type parameters

  /// The numbers of type parameters.
  func parameterIDs(_ list: NodeList) -> [TypeParameterID] {
    var all: [TypeParameterID] = []
    for node in tree.nodes(list) {
      if let declaration = names.declaration(of: node) { all.append(id(declaration)) }
    }
    return all
  }

  /// Notes what the signs of a bound say of a type parameter.
  private mutating func declareParameter(_ node: NodeID) {
    guard let declaration = names.declaration(of: node) else { return }
    var info = ParameterInfo(name: name(of: node), module: module, node: node)
    for part in boundParts(tree.lhs(node)) where tree[part].kind == .relaxedBound {
      let word = tree.name(of: tree[part].mainToken)
      if word == "NonNil" { info.isNonNil = false }
      if word == "Shared" { info.isShared = false }
    }
    parameters[id(declaration)] = info
  }

  /// The parts of a bound.
  func boundParts(_ bound: NodeID) -> [NodeID] {
    if !bound.isPresent { return [] }
    switch tree[bound].kind {
    case .intersectionType:
      return tree.nodes(tree.lhsList(bound)).flatMap { boundParts($0) }
    case .parenthesizedType: return boundParts(tree.lhs(bound))
    default: return [bound]
    }
  }
}
