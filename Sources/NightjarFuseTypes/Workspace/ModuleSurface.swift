// What a module shows of itself to the checks of others: how its declarations read, and what types
// they have. Two surfaces are compared when a module has been edited: if they are equal, nobody else
// has to be looked at.
//
// Types without parameters have numbers that stay; a type parameter has another number after each edit
// and counts by its name.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A program whose declarations are known.
protocol DeclaredProgram: TypeSpelling {
  var program: FuseProgram { get }
  var implementations: [Implementation] { get }
  var functions: [FunctionDeclaration] { get }
  func tables(of module: Int) -> CheckedModule
}

extension CheckedProgram: DeclaredProgram {
  func tables(of module: Int) -> CheckedModule { modules[module] }
}

extension Checker: DeclaredProgram {
  func tables(of module: Int) -> CheckedModule { results[module] }
}

/// What other modules can know of a module before its bodies are looked at.
struct ModuleSurface: Equatable {
  var declarations: SurfaceText
  /// The implementations, which count wherever their types and traits do.
  var implementations: [ImplementationID: SurfaceText]
}

/// Words and numbers that are equal if what they were written of is.
struct SurfaceText: Equatable {
  private var bytes: [UInt8] = []
  private var numbers: [Int32] = []

  mutating func add(_ number: Int32) { numbers.append(number) }

  mutating func add(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0)
  }

  /// Adds the tokens of a tree, without what lies between them.
  mutating func add(_ tree: FuseTree, _ first: TokenID, upTo last: TokenID) {
    var token = first
    while token < last {
      bytes.append(contentsOf: tree.text(of: token))
      bytes.append(0)
      token = TokenID(token.rawValue + 1)
    }
  }

  /// Adds a declaration with its attributes.
  mutating func add(_ tree: FuseTree, _ node: NodeID, upTo end: NodeID = .none) {
    for attribute in tree.nodes(tree.attributes(of: node)) { add(tree, attribute) }
    let past = TokenID(tree[node].lastToken.rawValue + 1)
    add(tree, tree[node].firstToken, upTo: end.isPresent ? tree[end].firstToken : past)
  }
}

extension DeclaredProgram {
  /// What a module shows.
  func surface(of module: Int) -> ModuleSurface {
    let tree = program.modules[module].tree
    let shown = Array(tree.nodes(tree.statements(tree.root)))
    let blockNodes = Set(shown.filter { tree[$0].kind == .implementation })
    var text = SurfaceText()
    for statement in shown where tree[statement].kind == .typeDeclaration {
      text.add(tree, statement)
    }
    for statement in shown
    where tree[statement].kind == .static && tree[statement].flags.contains(.isExported) {
      text.add(tree, statement)
    }
    for (number, nominal) in nominals.enumerated() where isShown(nominal.declaration, module) {
      text.add(Int32(truncatingIfNeeded: number))
      add(nominal, module, to: &text)
    }
    for (number, trait) in traits.enumerated() where isShown(trait.declaration, module) {
      text.add(Int32(truncatingIfNeeded: number))
      add(trait, module, to: &text)
    }
    var blocks: [ImplementationID: SurfaceText] = [:]
    for (number, implementation) in implementations.enumerated()
    where implementation.module == module
      && (implementation.derived != nil || blockNodes.contains(implementation.node))
    {
      let id = ImplementationID(Int32(truncatingIfNeeded: number))
      blocks[id] = surface(of: implementation, module)
    }
    for (number, function) in functions.enumerated()
    where function.module == module && isShown(function, blocks) {
      text.add(Int32(truncatingIfNeeded: number))
      add(function, to: &text)
    }
    return ModuleSurface(declarations: text, implementations: blocks)
  }

  /// What is known of a module when its bodies have been looked at.
  func findings(of module: Int) -> SurfaceText {
    var text = SurfaceText()
    let tables = tables(of: module)
    let tree = program.modules[module].tree
    for (number, function) in functions.enumerated() where function.module == module {
      if function.owner == .block, !function.isExported { continue }
      text.add(Int32(truncatingIfNeeded: number))
      add(function.result, to: &text)
    }
    for (number, declaration) in program.modules[module].names.declarations.enumerated()
    where declaration.flags.contains(.isExported) && declaration.function == 0 {
      text.add(Int32(truncatingIfNeeded: number))
      add(tables.declarationTypes[number], to: &text)
      if declaration.kind == .const, let value = tables.constants[tree.rhs(declaration.node)] {
        text.add(describe(value))
      }
    }
    return text
  }

  private func isShown(_ declaration: DeclarationID, _ module: Int) -> Bool {
    Int(declaration.module) == module
      && program.modules[module].names.declarations[Int(declaration.declaration)].function == 0
  }

  private func isShown(
    _ function: FunctionDeclaration,
    _ blocks: [ImplementationID: SurfaceText]
  ) -> Bool {
    switch function.owner {
    case .block: function.isExported
    case .implementation(let id): blocks[id] != nil
    case .trait(let id): isShown(traits[Int(id.rawValue)].declaration, Int(function.module))
    case .declaredType, .declaredModule: true
    }
  }

  // MARK: Declarations

  private func add(_ nominal: NominalType, _ module: Int, to text: inout SurfaceText) {
    let tree = program.modules[module].tree
    let declaration = Int(nominal.declaration.declaration)
    text.add(tree, program.modules[module].names.declarations[declaration].node)
    for field in nominal.fields { add(field.type, to: &text) }
    for variant in nominal.variants {
      for item in variant.payload { add(item.type, to: &text) }
      text.add(variant.value.map { describe($0) } ?? "")
    }
  }

  private func add(_ trait: TraitDeclaration, _ module: Int, to text: inout SurfaceText) {
    let tree = program.modules[module].tree
    let node = program.modules[module].names.declarations[Int(trait.declaration.declaration)].node
    text.add(spelling(trait.name))
    for attribute in tree.nodes(tree.attributes(of: node)) { text.add(tree, attribute) }
    for parameter in trait.parameters { text.add(spelling(of: parameter)) }
    for parent in trait.supertraits {
      text.add(parent.trait.rawValue)
      for argument in parent.arguments { add(argument, to: &text) }
    }
    for constant in trait.constants {
      text.add(spelling(constant.name))
      add(constant.type, to: &text)
      text.add(constant.defaultValue.map { describe($0) } ?? "")
    }
  }

  private func surface(of implementation: Implementation, _ module: Int) -> SurfaceText {
    var text = SurfaceText()
    add(implementation.type, to: &text)
    if let trait = implementation.trait {
      text.add(trait.id.rawValue)
      for argument in trait.arguments { add(argument, to: &text) }
    }
    for bound in implementation.bounds { add(bound, to: &text) }
    text.add(implementation.derived == nil ? 0 : 1)
    let tree = program.modules[module].tree
    if implementation.derived != nil { return text }
    for member in tree.nodes(tree.rhsList(implementation.node)) where tree[member].kind != .function
    {
      text.add(tree, member)
    }
    for (name, value) in implementation.constants.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      text.add(name.rawValue)
      text.add(describe(value))
    }
    return text
  }

  private func add(_ function: FunctionDeclaration, to text: inout SurfaceText) {
    let tree = program.modules[Int(function.module)].tree
    let parts = tree.function(function.node)
    text.add(tree, function.node, upTo: parts.body)
    text.add((function.isPublic ? 1 : 0) + (function.isExported ? 2 : 0))
    text.add(parts.body.isPresent ? 1 : 0)
    for bound in function.bounds { add(bound, to: &text) }
    for parameter in function.parameters { add(parameter.type, to: &text) }
    if parts.result.isPresent { add(function.result, to: &text) }
  }

  private func add(_ bound: TypeBound, to text: inout SurfaceText) {
    text.add(spelling(of: bound.parameter))
    text.add(bound.trait.rawValue)
    for argument in bound.arguments { add(argument, to: &text) }
  }

  // MARK: Types

  private func add(_ type: TypeID, to text: inout SurfaceText) {
    if !types.shape(type).flags.contains(.hasParameter) { return text.add(type.rawValue) }
    text.add(-2)
    text.add(describe(type))
    addNumbers(type, to: &text)
  }

  /// The numbers of the declared types in a type: what is called alike may be something else.
  private func addNumbers(_ type: TypeID, to text: inout SurfaceText) {
    if !types.shape(type).flags.contains(.hasParameter) { return text.add(type.rawValue) }
    switch types[type] {
    case .array(let part), .own(let part): addNumbers(part, to: &text)
    case .tuple(let items): for item in items { addNumbers(item.type, to: &text) }
    case .nominal(let id, let arguments):
      text.add(id.rawValue)
      for argument in arguments { addNumbers(argument, to: &text) }
    case .dynamic(let id, let arguments):
      text.add(id.rawValue)
      for argument in arguments { addNumbers(argument, to: &text) }
    case .selfType(let id): text.add(id.rawValue)
    case .union(let parts), .intersection(let parts):
      for part in parts { addNumbers(part, to: &text) }
    case .table(let table):
      for field in table.fields { addNumbers(field.type, to: &text) }
      if let index = table.index {
        addNumbers(index.key, to: &text)
        addNumbers(index.value, to: &text)
      }
    case .function(let function):
      for parameter in function.parameters { addNumbers(parameter.type, to: &text) }
      addNumbers(function.result, to: &text)
    default: break
    }
  }

  private func spelling(_ name: NameID) -> String { types.name(name) }
}
