// Finds out what every name of a module refers to. One walk over the tree: names are small integers,
// so a scope is an array from symbols to declarations, with a trail of what to put back when a block
// ends; asking for a name is reading an element.
//
// The pieces: +Modules (what stands at module level, imports, exports), +Items, +Statements,
// +Expressions, +Types, +Patterns; InitializationOrder looks at calls that come too early.
//
// SOURCE: Fuse reference, sections 5 and 6.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// Resolves the names of one module.
struct Resolver {
  /// A binding that is put back when its scope ends.
  private struct Hidden {
    var space: NameSpace
    var symbol: UInt32
    var declaration: Int32
  }

  /// The three meanings a name can have.
  enum NameSpace {
    case value, type, macro
  }

  /// What the words `break`, `return`, `await` … mean here.
  struct Place {
    var loops = 0
    var isFunction = false
    var isAsync = false
    var isGenerator = false
    /// Whether a `try do` is around it in the same function.
    var isTry = false
    /// How many loops are around that.
    var loopsAroundTry = 0
    /// Whether `Self` means something.
    var hasSelfType = false
  }

  let tree: FuseTree
  let module: Int32
  let path: String
  let links: [NodeID: ModuleLink]
  var names: ModuleNames
  var context = ProgramContext()

  /// For each symbol, the declaration it means plus 1, or 0.
  private var values: [Int32]
  private var types: [Int32]
  private var macros: [Int32]
  /// For each symbol the place of what the prelude means by it plus 1, or 0 if nobody has asked.
  private var preludePlaces: [Int32]
  private var preludeMeanings: [Meanings] = []
  private var hidden: [Hidden] = []
  /// Declarations of the open scopes, to tell which are not used.
  private var scoped: [Int32] = []

  /// The first declaration of the block whose items are being declared.
  var blockStart: Int32 = 0
  /// The function being walked.
  var function: Int32 = 0
  var place = Place()
  /// Pairs of function and variable that are known to be captured.
  private var captured: Set<Int64> = []
  /// Uses of functions and statics, for InitializationOrder.
  var uses: [OrderedUse] = []
  /// Whether mistakes are left to somebody else: in the arguments of macros.
  var isQuiet = false

  init(
    tree: FuseTree,
    module: Int32,
    path: String,
    links: [NodeID: ModuleLink],
    diagnostics: [Diagnostic]
  ) {
    self.tree = tree
    self.module = module
    self.path = path
    self.links = links
    hasErrors = tree.hasErrors
    names = ModuleNames(nodeCount: tree.nodes.count)
    names.diagnostics = diagnostics
    values = [Int32](repeating: 0, count: tree.symbolCount)
    types = values
    macros = values
    preludePlaces = values
  }

  /// Whether the text has errors: then what seems unused may not be.
  private let hasErrors: Bool

  /// Whether the module only declares.
  var isDeclaration: Bool { path.hasPrefix("@fuse:") || path.hasSuffix(".d.fuse") }

  // MARK: Texts

  func spelling(_ symbol: UInt32) -> String {
    String(decoding: tree.name(ofSymbol: symbol), as: UTF8.self)
  }

  /// The span of a node's main token.
  func span(_ id: NodeID) -> Span { tree[tree[id].mainToken].span }

  func span(ofDeclaration index: Int32) -> Span {
    nameSpan(names.declarations[Int(index)].node)
  }

  /// The span of the name that a node declares.
  func nameSpan(_ id: NodeID) -> Span {
    let node = tree[id]
    if node.kind == .function { return tree[tree.function(id).name].span }
    if node.kind == .importDeclaration { return tree[TokenID(node.lhs)].span }
    return tree[node.mainToken].span
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if !isQuiet { names.diagnostics.append(diagnostic) }
  }

  // MARK: Scopes

  /// Where a scope begins.
  struct ScopeMark {
    var hidden: Int
    var scoped: Int
  }

  mutating func openScope() -> ScopeMark {
    ScopeMark(hidden: hidden.count, scoped: scoped.count)
  }

  /// Ends a scope: its names mean again what they meant before, and unused ones are told.
  mutating func closeScope(_ mark: ScopeMark) {
    while hidden.count > mark.hidden, let binding = hidden.popLast() {
      switch binding.space {
      case .value: values[Int(binding.symbol)] = binding.declaration
      case .type: types[Int(binding.symbol)] = binding.declaration
      case .macro: macros[Int(binding.symbol)] = binding.declaration
      }
    }
    for index in scoped[mark.scoped...] { checkUsed(index) }
    scoped.removeLast(scoped.count - mark.scoped)
  }

  private mutating func checkUsed(_ index: Int32) {
    let declaration = names.declarations[Int(index)]
    if declaration.flags.contains(.isUsed) || declaration.flags.contains(.isExported) { return }
    if isDeclaration || hasErrors { return }
    switch declaration.kind {
    case .variable, .namespace, .luaModule, .imported, .function, .const, .static,
      .structType, .enumType, .traitType, .typeAlias:
      break
    case .unionType, .parameter, .selfParameter, .typeParameter, .global, .declaredVariable, .macro:
      return
    }
    if tree[declaration.node].flags.contains(.hasAttributes) { return }
    // Of a module that was not found, nobody knows what is used.
    if let target = declaration.target, target.module < 0 { return }
    let name = spelling(declaration.symbol)
    if name.hasPrefix("_") { return }
    report(.Fuse.unused(declaration.kind.name, name, span: nameSpan(declaration.node)))
  }

  /// Makes a declaration, or finds the one its node has made before.
  mutating func declare(
    _ kind: DeclarationKind,
    _ node: NodeID,
    _ symbol: UInt32,
    flags: Declaration.Flags = [],
    target: ImportTarget? = nil
  ) -> Int32 {
    if let known = names.declaration(of: node), kind != .imported { return known }
    let index = Int32(truncatingIfNeeded: names.declarations.count)
    names.declarations.append(
      Declaration(
        kind: kind,
        flags: flags,
        symbol: symbol,
        node: node,
        function: function,
        target: target
      )
    )
    names.declared[Int(node.rawValue)] = index + 1
    return index
  }

  /// Lets a name mean a declaration until its scope ends.
  mutating func bind(_ index: Int32, in space: NameSpace, isOwned: Bool = true) {
    let symbol = names.declarations[Int(index)].symbol
    hidden.append(Hidden(space: space, symbol: symbol, declaration: bound(symbol, space)))
    switch space {
    case .value: values[Int(symbol)] = index + 1
    case .type: types[Int(symbol)] = index + 1
    case .macro: macros[Int(symbol)] = index + 1
    }
    if isOwned { scoped.append(index) }
  }

  private func bound(_ symbol: UInt32, _ space: NameSpace) -> Int32 {
    switch space {
    case .value: values[Int(symbol)]
    case .type: types[Int(symbol)]
    case .macro: macros[Int(symbol)]
    }
  }

  /// The declaration of this module that a symbol means.
  func lookUp(_ symbol: UInt32, _ space: NameSpace) -> Int32? {
    let index = bound(symbol, space)
    return index == 0 ? nil : index - 1
  }

  /// What the prelude means by a symbol.
  mutating func prelude(_ symbol: UInt32, _ space: NameSpace) -> DeclarationID? {
    var place = preludePlaces[Int(symbol)]
    if place == 0 {
      if let meanings = context.prelude[spelling(symbol)] {
        preludeMeanings.append(meanings)
      } else {
        preludeMeanings.append(Meanings())
      }
      place = Int32(truncatingIfNeeded: preludeMeanings.count)
      preludePlaces[Int(symbol)] = place
    }
    let meanings = preludeMeanings[Int(place) - 1]
    return space == .value ? meanings.value : meanings.type
  }

  /// The names that stand for something in a space, to suggest one of them.
  func visibleNames(_ space: NameSpace) -> [String] {
    var found: [String] = []
    for symbol in 0..<UInt32(tree.symbolCount) where bound(symbol, space) != 0 {
      found.append(spelling(symbol))
    }
    for (name, meanings) in context.prelude
    where space == .value ? meanings.value != nil : meanings.type != nil {
      found.append(name)
    }
    return found.sorted()
  }

  // MARK: Uses

  /// Notes that a name is used, by its spelling.
  mutating func markUsed(_ name: String, _ space: NameSpace) {
    for symbol in 0..<UInt32(tree.symbolCount) {
      if let index = lookUp(symbol, space), spelling(symbol) == name {
        names.declarations[Int(index)].flags.insert(.isUsed)
      }
    }
  }

  /// Notes that a declaration of this module is used.
  mutating func use(_ index: Int32, asValue: Bool, at node: NodeID) {
    names.declarations[Int(index)].flags.insert(.isUsed)
    if asValue { names.declarations[Int(index)].flags.insert(.isUsedAsValue) }
    let declaration = names.declarations[Int(index)]
    switch declaration.kind {
    case .variable, .parameter, .selfParameter: capture(index, declaration, at: node)
    case .function, .static:
      uses.append(OrderedUse(declaration: index, function: function, node: node))
    default: break
    }
  }

  /// Notes that functions between here and its own use a variable.
  private mutating func capture(_ index: Int32, _ declaration: Declaration, at node: NodeID) {
    var inner = function
    while inner != declaration.function, inner > 0 {
      let key = Int64(inner) << 32 | Int64(index)
      if captured.insert(key).inserted {
        names.functions[Int(inner)].captures.append(index)
        names.declarations[Int(index)].flags.insert(.isCaptured)
        checkStatic(inner, index, at: node)
      }
      inner = names.functions[Int(inner)].parent
    }
  }

  /// Reports a capture by a static function.
  private mutating func checkStatic(_ function: Int32, _ index: Int32, at node: NodeID) {
    let id = names.functions[Int(function)].node
    guard tree[id].kind == .function, tree.qualifiers(id).contains(.isStatic) else { return }
    let name = spelling(names.declarations[Int(index)].symbol)
    report(
      .Fuse.staticCapture(name, span: span(node), declaration: span(ofDeclaration: index))
    )
  }
}
