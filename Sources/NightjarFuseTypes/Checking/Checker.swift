// Finds the types of a program. Declarations first, over all modules: what types, traits, functions and
// implementations there are, then what their headers say. Then bodies, module by module, each
// expression against the type expected there, if one is; a function without a result type is looked at
// when somebody asks for it. What is found stands in tables beside the trees.
//
// The pieces: Declarations/ (what there is), Types (the relations between types), Inference (variables,
// joins), Traits (who implements what), Members, Calls, Expressions, Statements, Patterns, Narrowing.
//
// SOURCE: Fuse reference, sections 4 and 5.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// Checks the types of the modules of a program.
struct Checker {
  let program: FuseProgram
  var types: TypeStore
  var nominals: [NominalType] = []
  var traits: [TraitDeclaration] = []
  var implementations: [Implementation] = []
  var functions: [FunctionDeclaration] = []
  /// Whether each module belongs to the library.
  private let libraryModules: [Bool]
  /// Which numbers modules give to what they declare.
  var numbers: ItemNumbers
  /// The numbers in use, in the order of modules.
  var nominalOrder: [Int] = []
  var traitOrder: [Int] = []
  var traitsByName: [NameID: [Int]] = [:]
  var implementationOrder: [Int] = []
  var functionOrder: [Int] = []
  /// The name of numbers that are not in use.
  let noName: NameID
  /// The items of a module that have been declared.
  var declaredNodes: Set<NodeID> = []
  /// The results of the modules that are not being looked at.
  var results: [CheckedModule] = []

  // MARK: What declarations stand for

  /// By module and declaration.
  var meanings: [[Meaning]] = []
  var aliases: [DeclarationID: Alias] = [:]
  var parameters: DeclarationTable<ParameterInfo>
  var declaredBounds: [TypeParameterID: [TypeBound]] = [:]
  /// A type parameter of a method that repeats one around it is that one.
  var sameParameter: [TypeParameterID: TypeParameterID] = [:]
  /// What is known of the results and bodies of `functions`.
  var states: [FunctionState] = []
  /// The members of types from `impl`s without trait, by type and name.
  var inherent: [MemberKey: [InherentMember]] = [:]
  /// The functions of traits by name.
  var traitFunctions: [NameID: [FunctionID]] = [:]
  /// The implementations of a trait for a type with a certain head.
  var traitImplementations: [HeadKey: [ImplementationID]] = [:]
  /// By module the traits whose methods its code sees.
  var visibleTraits: [TraitSet] = []
  /// By module and name, the functions of the traits it sees.
  var visibleFunctions: [MemberKey: [FunctionID]] = [:]
  /// The types and traits of the library that the language itself speaks of.
  var known = KnownNames()
  /// By module and symbol, the name plus 1, or 0; those of the module being looked at are in
  /// `symbols`.
  private var symbolNames: [[Int32]] = []
  private var symbols: [Int32] = []
  /// Whether headers are still being read: then bounds are checked later.
  var isDeclaring = true
  var laterBounds: [LaterBound] = []
  /// Functions of the library that are used and not yet looked at.
  var needed: [FunctionID] = []
  /// Whether the dictionary of an implementation is used.
  var isImplementationNeeded: [Bool] = []
  var constantValues: [DeclarationID: ConstantValue] = [:]
  var runningConstants: Set<DeclarationID> = []
  var memberConstants: [MemberPlace: ConstantValue] = [:]
  var runningMembers: Set<MemberPlace> = []
  var startedModules: Set<Int32> = []
  /// The types of the library's collections.
  var collections: [String: NominalID?] = [:]
  var derivedImplementations: [ImplementationID] = []
  /// Traits whose methods a type has wherever it is used, as it derives them.
  var derivedTraits: [NominalID: [TraitID]] = [:]
  var mustUseFunctions: Set<FunctionID> = []
  var mustUseTypes: Set<NominalID> = []
  /// Functions with `#[inline]`.
  var inlined: Set<FunctionID> = []
  /// Which of them they call.
  var inlineCalls: [FunctionID: Set<FunctionID>] = [:]
  /// By module of declarations, what it has to reach with `.`.
  var interfaces: [Int: [String: DeclarationID]] = [:]
  /// By module, the globals it makes.
  var globals: [Int32: [NameID: TypeID]] = [:]
  var declaredGlobals: [NameID: DeclarationID] = [:]
  /// Why functions should not be used any more.
  var deprecated: [FunctionID: String] = [:]
  /// Answers about traits that depend on nothing but the type.
  var evidenceCache: [EvidenceKey: EvidenceAnswer] = [:]
  var depth = 0
  var nesting = 0
  var factDepth = 0

  // MARK: The module being looked at

  var module: Int32 = -1
  var tree: FuseTree
  var names: ModuleNames
  var out: CheckedModule

  // MARK: The body being looked at

  var body = Body()
  var variables: [InferenceVariable] = []
  var variableTypes: [TypeID] = []
  /// Nodes and declarations whose types hold variables.
  var openNodes: [NodeID] = []
  var openDeclarations: [Int32] = []
  var openCalls: [NodeID] = []
  /// For each declaration of the module the narrower type it has here, or none.
  var narrowed: [TypeID] = []
  var trail: [NarrowedName] = []
  /// The `unsafe` variables that are known not to be `nil`.
  var guarded: Set<Int32> = []
  /// What has been bound to variables, to take it back.
  var bindings: [VariableBinding] = []

  /// Makes a checker that gives types, names and declarations the numbers they had before.
  init(_ program: FuseProgram, types: TypeStore, numbers: ItemNumbers) {
    self.program = program
    libraryModules = program.modules.map { $0.path.hasPrefix("@fuse:") }
    self.types = types
    self.numbers = numbers
    self.numbers.restart()
    noName = self.types.intern(name: "")
    let first = program.modules[0]
    tree = first.tree
    names = first.names
    out = CheckedModule(nodeCount: 0, declarationCount: 0)
    parameters = DeclarationTable(counts: program.modules.map(\.names.declarations.count))
    for module in program.modules {
      let count = module.names.declarations.count
      results.append(
        CheckedModule(nodeCount: module.tree.nodes.count, declarationCount: count)
      )
      meanings.append([Meaning](repeating: .none, count: count))
      symbolNames.append([Int32](repeating: 0, count: module.tree.symbolCount))
    }
  }

  // MARK: Modules

  /// Turns to a module; gives the one before.
  @discardableResult
  mutating func enter(_ next: Int32) -> Int32 {
    let previous = module
    if next == previous { return previous }
    // The place of the module being looked at holds an empty one.
    if previous >= 0 {
      swap(&out, &results[Int(previous)])
      swap(&symbols, &symbolNames[Int(previous)])
    }
    module = next
    if next >= 0 {
      tree = program.modules[Int(next)].tree
      names = program.modules[Int(next)].names
      swap(&out, &results[Int(next)])
      swap(&symbols, &symbolNames[Int(next)])
    }
    return previous
  }

  /// Turns to a module for a while.
  mutating func visit(_ next: Int32) -> Visit {
    let visit = Visit(
      module: module,
      nodes: openNodes,
      declarations: openDeclarations,
      calls: openCalls
    )
    if next != module {
      openNodes = []
      openDeclarations = []
      openCalls = []
      enter(next)
    }
    return visit
  }

  /// Turns back.
  mutating func leave(_ visit: Visit) {
    if visit.module == module { return }
    close()
    openNodes = visit.nodes
    openDeclarations = visit.declarations
    openCalls = visit.calls
    enter(visit.module)
  }

  /// Puts what was found in place of variables in what was kept.
  mutating func close() {
    for node in openNodes {
      out.nodeTypes[Int(node.rawValue)] = final(out.nodeTypes[Int(node.rawValue)])
    }
    for declaration in openDeclarations {
      out.declarationTypes[Int(declaration)] = final(out.declarationTypes[Int(declaration)])
    }
    for node in openCalls {
      if var call = out.calls[node] {
        call.result = final(call.result)
        out.calls[node] = call
      }
    }
    openNodes.removeAll(keepingCapacity: true)
    openDeclarations.removeAll(keepingCapacity: true)
    openCalls.removeAll(keepingCapacity: true)
  }

  /// Whether a module belongs to the library.
  func isLibrary(_ module: Int32) -> Bool { libraryModules[Int(module)] }

  // MARK: Names

  /// The name of a symbol of the module.
  mutating func name(ofSymbol symbol: UInt32) -> NameID {
    let index = Int(symbol)
    let known = symbols[index]
    if known != 0 { return NameID(known - 1) }
    let text = String(decoding: tree.name(ofSymbol: symbol), as: UTF8.self)
    let id = types.intern(name: text)
    symbols[index] = id.rawValue + 1
    return id
  }

  /// The name that a node's main token is.
  mutating func name(of node: NodeID) -> NameID { name(of: tree[node].mainToken) }

  /// The name that a token is.
  mutating func name(of token: TokenID) -> NameID {
    tree[token].kind.hasSymbol
      ? name(ofSymbol: tree.symbol(of: token)) : types.intern(name: tree.name(of: token))
  }

  /// How a name is spelled.
  func spelling(_ name: NameID) -> String { types.name(name) }

  // MARK: Messages

  mutating func report(_ diagnostic: Diagnostic) { out.diagnostics.append(diagnostic) }

  /// The span of a node's main token.
  func span(_ node: NodeID) -> Span { tree[tree[node].mainToken].span }

  /// The span of a whole node.
  func fullSpan(_ node: NodeID) -> Span { tree.span(of: node) }

  /// The span of the name that a node of the module declares.
  func nameSpan(_ id: NodeID) -> Span {
    if tree[id].kind == .function, tree.function(id).name.isPresent {
      return tree[tree.function(id).name].span
    }
    return span(id)
  }

  // MARK: Results

  /// Keeps the type of a node.
  mutating func record(_ node: NodeID, _ type: TypeID) {
    out.nodeTypes[Int(node.rawValue)] = type
    let flags = types.shape(type).flags
    if !flags.isDisjoint(with: [.hasVariable, .hasError]) { openNodes.append(node) }
  }

  /// Keeps the type of a variable, parameter, constant or static.
  mutating func declare(_ declaration: Int32, _ type: TypeID) {
    out.declarationTypes[Int(declaration)] = type
    let flags = types.shape(type).flags
    if flags.contains(.hasVariable) { openDeclarations.append(declaration) }
  }

  /// Notes that the tables of this module name nodes of another.
  mutating func noteNodes(of other: Int32) {
    if other != module { out.nodesOf.insert(Int(other)) }
  }
}
