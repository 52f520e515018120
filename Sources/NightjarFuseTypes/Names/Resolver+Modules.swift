// What stands at module level, before any body is looked at: items, exported variables, exports; then
// imports, when the exports of all modules are known.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  // MARK: Collecting

  /// Declares what stands at module level.
  mutating func collect() {
    let statements = tree.statements(tree.root)
    numberShown(statements)
    hoist(statements, from: 0)
    for statement in tree.nodes(statements) {
      switch tree[statement].kind {
      case .let:
        let isExported = tree[statement].flags.contains(.isExported)
        declareBindings(tree.lhs(statement), isExported: isExported)
      case .declareModule: declareMembers(statement)
      case .globalVariable:
        _ = declare(.global, statement, tree.symbol(of: statement))
      case .declareGlobal: declareMembers(statement)
      default: break
      }
    }
  }

  /// Declares what other modules can see before all else, so that its place among the declarations
  /// depends on nothing else in the module.
  private mutating func numberShown(_ statements: NodeList) {
    for statement in tree.nodes(statements) {
      let node = tree[statement]
      if node.flags.contains(.isGlobal) { continue }
      if node.kind == .let, node.flags.contains(.isExported) {
        declareBindings(tree.lhs(statement), isExported: true)
      } else if let (kind, _, symbol) = item(statement),
        kind.isType || node.flags.contains(.isExported)
      {
        _ = declare(kind, statement, symbol, flags: mutability(statement, kind))
      }
    }
  }

  /// Declares the variables of a pattern at module level, without binding them.
  private mutating func declareBindings(_ pattern: NodeID, isExported: Bool) {
    let node = tree[pattern]
    if node.kind == .binding {
      var flags: Declaration.Flags = isExported ? .isExported : []
      if tree.isMutable(pattern) {
        flags.insert(.isMutable)
        if isExported, names.declaration(of: pattern) == nil {
          report(.Fuse.mutableExport(span: span(pattern)))
        }
      }
      _ = declare(.variable, pattern, tree.symbol(of: pattern), flags: flags)
    }
    tree.forEachChild(of: pattern) { child in
      if tree[child].kind != .name { declareBindings(child, isExported: isExported) }
    }
  }

  /// Declares the members of `declare module` or `declare global`, without binding them.
  private mutating func declareMembers(_ block: NodeID) {
    for member in tree.nodes(tree.rhsList(block)) {
      guard let (kind, _, symbol) = item(member) else {
        if tree[member].kind == .declaredVariable {
          _ = declare(.declaredVariable, member, tree.symbol(of: member))
        }
        continue
      }
      _ = declare(kind, member, symbol)
    }
  }

  /// The kind, name space and name of an item.
  func item(_ id: NodeID) -> (DeclarationKind, NameSpace, UInt32)? {
    let node = tree[id]
    let symbol = tree.symbol(of: id)
    switch node.kind {
    case .function:
      let name = tree.function(id).name
      return name.isPresent ? (.function, .value, tree.symbol(of: name)) : nil
    case .const: return (.const, .value, symbol)
    case .static: return (.static, .value, symbol)
    case .structDeclaration: return (.structType, .type, symbol)
    case .enumDeclaration: return (.enumType, .type, symbol)
    case .unionDeclaration: return (.unionType, .type, symbol)
    case .traitDeclaration: return (.traitType, .type, symbol)
    case .typeDeclaration: return (.typeAlias, .type, symbol)
    case .macroDeclaration: return (.macro, .macro, symbol)
    default: return nil
    }
  }

  // MARK: Exports

  /// What the module shows to others.
  mutating func makeInterface() -> ModuleInterface {
    var interface = ModuleInterface(path: path, module: module)
    var firsts: [String: Span] = [:]
    let statements = tree.nodes(tree.statements(tree.root))
    for block in statements where tree[block].kind == .declareModule && declaresItself(block) {
      addMembers(of: block, to: &interface)
    }
    for (index, declaration) in names.declarations.enumerated() {
      let isExported =
        declaration.flags.contains(.isExported)
        || tree[declaration.node].flags.contains(.isExported)
      if !isExported || declaration.function != 0 { continue }
      names.declarations[index].flags.insert(.isExported)
      let meaning = foreign(Int32(truncatingIfNeeded: index))
      let name = spelling(declaration.symbol)
      let span = nameSpan(declaration.node)
      // Two items of one name are reported where they are declared.
      if let first = firsts[name], !declaration.kind.isItem {
        report(.Fuse.exportedTwice(name, span: span, first: first))
      }
      firsts[name] = span
      interface.direct[name] = Self.join(interface.direct[name], declaration.kind, meaning)
    }
    for statement in statements {
      switch tree[statement].kind {
      case .exportAll: interface.all.append(links[statement] ?? .missing)
      case .exportNames: addExports(statement, to: &interface, &firsts)
      default: break
      }
    }
    return interface
  }

  /// Whether a block declares what the compiler gives the library's module it stands in.
  private func declaresItself(_ block: NodeID) -> Bool {
    path.hasPrefix("@fuse:") && tree.stringValue(tree.modulePath(block)).elementsEqual(path.utf8)
  }

  private func foreign(_ declaration: Int32) -> DeclarationID {
    DeclarationID(module: module, declaration: declaration)
  }

  private static func join(
    _ meanings: Meanings?,
    _ kind: DeclarationKind,
    _ name: DeclarationID
  ) -> Meanings {
    var joined = meanings ?? Meanings()
    if kind.isType {
      joined.type = name
    } else if kind == .macro {
      joined.macro = name
    } else {
      joined.value = name
    }
    return joined
  }

  /// Adds the names of `export { … }`, which may come from elsewhere.
  private mutating func addExports(
    _ statement: NodeID,
    to interface: inout ModuleInterface,
    _ firsts: inout [String: Span]
  ) {
    for item in tree.nodes(tree.lhsList(statement)) {
      let original = spelling(tree.symbol(of: item))
      let alias = TokenID(tree[item].lhs)
      let name = alias.isPresent ? tree.name(of: alias) : original
      let span = alias.isPresent ? tree[alias].span : span(item)
      if let first = firsts[name] {
        report(.Fuse.exportedTwice(name, span: span, first: first))
        continue
      }
      firsts[name] = span
      if tree.modulePath(statement).isPresent {
        interface.passed[name] = Passed(link: links[statement] ?? .missing, name: original)
      } else if let meanings = ownMeanings(tree.symbol(of: item)) {
        interface.direct[name] = meanings
      } else if let (link, imported) = importOf(original) {
        interface.passed[name] = Passed(link: link, name: imported)
      } else {
        report(.Fuse.unknownName(original, nearest: nil, span: self.span(item)))
      }
    }
  }

  /// What a name declared at module level means.
  private mutating func ownMeanings(_ symbol: UInt32) -> Meanings? {
    var meanings: Meanings?
    for index in names.declarations.indices {
      let declaration = names.declarations[index]
      guard declaration.symbol == symbol, declaration.function == 0,
        declaration.kind.isItem || declaration.kind == .variable
      else { continue }
      names.declarations[index].flags.insert(.isExported)
      let own = foreign(Int32(truncatingIfNeeded: index))
      meanings = Self.join(meanings, declaration.kind, own)
    }
    return meanings
  }

  /// Where an imported name comes from.
  private func importOf(_ name: String) -> (ModuleLink, String)? {
    for statement in tree.nodes(tree.statements(tree.root))
    where tree[statement].kind == .importDeclaration && tree.importForm(statement) >= .names {
      for item in tree.nodes(tree.lhsList(statement)) {
        let alias = TokenID(tree[item].lhs)
        let original = spelling(tree.symbol(of: item))
        if (alias.isPresent ? tree.name(of: alias) : original) == name {
          return (links[statement] ?? .missing, original)
        }
      }
    }
    return nil
  }

  private mutating func addMembers(of block: NodeID, to interface: inout ModuleInterface) {
    for member in tree.nodes(tree.rhsList(block)) {
      guard let index = names.declaration(of: member) else { continue }
      let declaration = names.declarations[Int(index)]
      let name = spelling(declaration.symbol)
      let joined = Self.join(interface.direct[name], declaration.kind, foreign(index))
      let known = interface.direct[name]
      if known?.value != nil && !declaration.kind.isType
        || known?.type != nil && declaration.kind.isType
      {
        report(.Fuse.conflictingDeclarations(name, span: nameSpan(member)))
      }
      interface.direct[name] = joined
    }
  }

  /// Adds the modules of the target that this module declares.
  mutating func addDeclaredModules(to context: inout ProgramContext) {
    for block in tree.nodes(tree.statements(tree.root))
    where tree[block].kind == .declareModule && !declaresItself(block) {
      let token = tree.modulePath(block)
      let text = String(decoding: tree.stringValue(token), as: UTF8.self)
      let specifier = ModuleSpecifier(text, importer: path)
      var name = text
      if case .lua(let lua) = specifier { name = "@lua:" + lua }
      var interface = ModuleInterface(path: name, module: module, isLua: true)
      addMembers(of: block, to: &interface)
      if let known = context.interfaces.firstIndex(where: { $0.isLua && $0.path == name }) {
        for (member, meanings) in interface.direct {
          if context.interfaces[known].direct[member] != nil {
            report(.Fuse.conflictingDeclarations(member, span: tree[token].span))
          } else {
            context.interfaces[known].direct[member] = meanings
          }
        }
      } else {
        context.interfaces.append(interface)
      }
    }
  }

  /// Adds the globals that this module declares for the program.
  mutating func addGlobals(to context: inout ProgramContext) {
    for block in tree.nodes(tree.statements(tree.root)) where tree[block].kind == .declareGlobal {
      for member in tree.nodes(tree.rhsList(block)) {
        guard let index = names.declaration(of: member) else { continue }
        let name = spelling(names.declarations[Int(index)].symbol)
        if context.globals[name] != nil {
          report(.Fuse.conflictingDeclarations(name, span: nameSpan(member)))
        } else {
          context.globals[name] = foreign(index)
        }
      }
    }
  }

  /// The names of the variants of enums and unions, wherever they are declared.
  func variantNames() -> Set<String> {
    var found: Set<String> = []
    for node in tree.nodes where node.kind == .enumVariant || node.kind == .unionVariant {
      found.insert(spelling(tree.symbol(of: node.mainToken)))
    }
    return found
  }

  // MARK: Imports

  /// Declares and binds what the imports bring.
  mutating func bindImports() {
    for statement in tree.nodes(tree.statements(tree.root))
    where tree[statement].kind == .importDeclaration {
      let link = resolvedLink(statement)
      switch tree.importForm(statement) {
      case .module: break
      case .namespace: bindNamespace(statement, link)
      case .names, .types:
        for item in tree.nodes(tree.lhsList(statement)) {
          bindName(item, link, statement)
        }
      }
    }
  }

  /// Lets the names of an import in a block, which has been reported, mean anything.
  mutating func bindMisplaced(_ statement: NodeID) {
    switch tree.importForm(statement) {
    case .module: break
    case .namespace:
      if names.declaration(of: statement) != nil { return }
      bindNamespace(statement, .lua)
      if let index = names.declaration(of: statement) {
        names.declarations[Int(index)].flags.insert(.isUsed)
      }
    case .names, .types:
      for item in tree.nodes(tree.lhsList(statement)) where names.declaration(of: item) == nil {
        bindName(item, .missing, statement)
        if let index = names.declaration(of: item) {
          names.declarations[Int(index)].flags.insert(.isUsed)
        }
      }
    }
  }

  /// Where an import leads, with declared modules of the target found by their names.
  func resolvedLink(_ statement: NodeID) -> ModuleLink {
    let link = links[statement] ?? .missing
    if link != .lua { return link }
    let text = String(decoding: tree.stringValue(tree.modulePath(statement)), as: UTF8.self)
    guard case .lua(let name) = ModuleSpecifier(text, importer: path) else { return link }
    let index = context.interfaces.firstIndex { $0.isLua && $0.path == "@lua:" + name }
    return index.map { .interface(Int32(truncatingIfNeeded: $0)) } ?? .lua
  }

  private func isLua(_ link: ModuleLink) -> Bool {
    if case .interface(let index) = link { return context.interfaces[Int(index)].isLua }
    return link == .lua
  }

  private mutating func bindNamespace(_ statement: NodeID, _ link: ModuleLink) {
    let token = TokenID(tree[statement].lhs)
    if !token.isPresent { return }
    var target = ImportTarget(module: -1, meanings: Meanings())
    if case .interface(let index) = link { target.module = index }
    let kind: DeclarationKind = isLua(link) ? .luaModule : .namespace
    bindItem(declare(kind, statement, tree.symbol(of: token), target: target), [.value])
  }

  private mutating func bindName(_ item: NodeID, _ link: ModuleLink, _ statement: NodeID) {
    let alias = TokenID(tree[item].lhs)
    let original = spelling(tree.symbol(of: item))
    let symbol = alias.isPresent ? tree.symbol(of: alias) : tree.symbol(of: item)
    var target = ImportTarget(module: -1, meanings: Meanings())
    if case .interface(let index) = link {
      target.module = index
      target.meanings = context.meanings(of: original, in: link)
      if target.meanings.isEmpty {
        let text = String(decoding: tree.stringValue(tree.modulePath(statement)), as: UTF8.self)
        let nearest = Suggestion.nearest(to: original, among: context.names(in: link))
        report(
          .Fuse.missingExport(original, of: text, nearest: nearest, span: span(item))
        )
      }
    }
    let kind: DeclarationKind = link == .lua ? .luaModule : .imported
    let index = declare(kind, item, symbol, target: target)
    var spaces: [NameSpace] = []
    // A name that was not found means everything, so that its uses are not reported too.
    let isUnknown = target.meanings.isEmpty
    if target.meanings.value != nil || isUnknown { spaces.append(.value) }
    if target.meanings.type != nil || isUnknown { spaces.append(.type) }
    if target.meanings.macro != nil { spaces.append(.macro) }
    bindItem(index, spaces)
  }

  /// Binds something visible in the whole block, and reports another of its name.
  mutating func bindItem(_ index: Int32, _ spaces: [NameSpace]) {
    let declaration = names.declarations[Int(index)]
    for (place, space) in spaces.enumerated() {
      if let other = lookUp(declaration.symbol, space), isRival(other) {
        names.declarations[Int(other)].flags.insert(.isUsed)
        report(
          .Fuse.declaredTwice(
            spelling(declaration.symbol),
            span: nameSpan(declaration.node),
            first: span(ofDeclaration: other)
          )
        )
      }
      bind(index, in: space, isOwned: place == 0)
    }
  }

  /// The imports that need a module when this one is loaded.
  func valueImports() -> [(NodeID, ModuleLink)] {
    var found: [(NodeID, ModuleLink)] = []
    for statement in tree.nodes(tree.statements(tree.root)) {
      switch tree[statement].kind {
      case .importDeclaration:
        if needsModule(statement) { found.append((statement, resolvedLink(statement))) }
      case .exportAll, .exportNames:
        if tree.modulePath(statement).isPresent {
          found.append((statement, links[statement] ?? .missing))
        }
      default: break
      }
    }
    return found
  }

  /// Whether an import is there for more than types.
  private func needsModule(_ statement: NodeID) -> Bool {
    switch tree.importForm(statement) {
    case .types: return false
    case .module: return true
    case .namespace: return isOnlyType(statement) == false
    case .names:
      return tree.nodes(tree.lhsList(statement)).contains { isOnlyType($0) == false }
    }
  }

  /// Whether all uses of an import are types.
  private func isOnlyType(_ node: NodeID) -> Bool {
    guard let index = names.declaration(of: node) else { return true }
    let flags = names.declarations[Int(index)].flags
    return flags.contains(.isUsed) && !flags.contains(.isUsedAsValue)
  }
}
