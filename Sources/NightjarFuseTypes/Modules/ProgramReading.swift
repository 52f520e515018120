// How a program is read, phase by phase, each over all modules: read and follow imports; declare what
// stands at module level; join exports; resolve bodies; look for cycles. What a phase finds is kept by
// module, so that after an edit only modules are resolved again for which a name may mean something
// else.
//
// What a name of a module can mean is decided by its text, by what the modules it imports show, by the
// names of the variants of all unions and enums (an upper-case name in a pattern is one of them or a
// mistake), and by what is declared for the target: an edit of such a declaration begins anew.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A program that was read, with what is needed to read it again.
struct ProgramReading {
  let roots: [String]
  let options: FuseProgram.Options
  private var loaded: [LoadedModule] = []
  /// The names of the variants of each module.
  private var variants: [Set<String>] = []
  private var edges: [[ImportEdge]] = []
  private var hasCycles = false
  private(set) var context = ProgramContext()
  private(set) var modules: [FuseModule] = []

  init(roots: [String], files: any ModuleFiles, options: FuseProgram.Options) {
    self.roots = roots
    self.options = options
    var loader = ModuleLoader(files: files, options: options)
    loader.load(roots: roots)
    loaded = loader.modules
    resolveAll()
  }

  private func resolver(_ index: Int) -> Resolver {
    let module = loaded[index]
    return Resolver(
      tree: module.tree,
      module: Int32(truncatingIfNeeded: index),
      path: module.path,
      links: module.links,
      diagnostics: module.diagnostics
    )
  }

  private mutating func resolveAll() {
    var resolvers = loaded.indices.map { resolver($0) }
    context = ProgramContext()
    variants = []
    for index in resolvers.indices { resolvers[index].collect() }
    for index in resolvers.indices {
      context.interfaces.append(resolvers[index].makeInterface())
      variants.append(resolvers[index].variantNames())
    }
    for names in variants { context.variants.formUnion(names) }
    for index in resolvers.indices { resolvers[index].addDeclaredModules(to: &context) }
    for index in resolvers.indices { resolvers[index].addGlobals(to: &context) }
    if let prelude = context.interfaces.first { context.prelude = prelude.direct }
    for index in resolvers.indices { resolvers[index].resolve(in: context) }
    edges = resolvers.map { ImportCycles.edges(of: $0, in: context) }
    modules = zip(loaded, resolvers).map { loaded, resolver in
      FuseModule(path: loaded.path, tree: loaded.tree, names: resolver.names)
    }
    let cycles = ImportCycles(edges: edges, paths: loaded.map(\.path)).find()
    hasCycles = !cycles.isEmpty
    for (module, node, chain) in cycles {
      let tree = loaded[module].tree
      modules[module].names.diagnostics.append(
        .Fuse.importCycle(chain, span: tree[tree.modulePath(node)].span)
      )
    }
  }

  // MARK: Again

  /// What reading a program again has found.
  struct Change {
    /// The modules with another text, or whose imports lead elsewhere.
    var edited: Set<Int> = []
    /// The modules whose names were resolved, the edited ones among them.
    var resolved: Set<Int> = []
    /// Whether nothing of what was known before holds.
    var isAll = false
  }

  /// Reads the program again.
  mutating func update(_ files: any ModuleFiles, changed paths: Set<String>) -> Change {
    var trees: [String: FuseTree] = [:]
    for module in loaded where !paths.contains(module.path) { trees[module.path] = module.tree }
    var loader = ModuleLoader(files: files, options: options, known: trees)
    loader.load(roots: roots)
    let before = loaded
    loaded = loader.modules
    var change = Change()
    guard before.map(\.path) == loaded.map(\.path) else { return all() }
    for (index, module) in loaded.enumerated() {
      if module.links != before[index].links
        || paths.contains(module.path) && module.tree.source != before[index].tree.source
      {
        change.edited.insert(index)
      }
    }
    if change.edited.isEmpty { return change }
    if hasCycles { return all() }
    for index in change.edited where declares(before[index].tree) || declares(loaded[index].tree) {
      return all()
    }
    change.resolved = change.edited
    noteInterfaces(&change)
    for index in change.resolved where declares(loaded[index].tree) { return all() }
    for index in change.resolved { resolve(index) }
    hasCycles = !ImportCycles(edges: edges, paths: loaded.map(\.path)).find().isEmpty
    return hasCycles ? all() : change
  }

  private mutating func all() -> Change {
    resolveAll()
    return Change(
      edited: Set(loaded.indices),
      resolved: Set(loaded.indices),
      isAll: true
    )
  }

  /// Whether a text declares code of the target: other modules see that without naming it.
  private func declares(_ tree: FuseTree) -> Bool {
    tree.nodes(tree.statements(tree.root)).contains {
      tree[$0].kind == .declareModule || tree[$0].kind == .declareGlobal
    }
  }

  /// Finds what the edited modules show now, and adds the modules that see a difference.
  private mutating func noteInterfaces(_ change: inout Change) {
    var names: Set<String> = []
    for index in change.edited {
      var resolver = resolver(index)
      resolver.collect()
      let interface = resolver.makeInterface()
      if interface != context.interfaces[index] {
        context.interfaces[index] = interface
        change.resolved.formUnion(importers(of: [index]))
      }
      let own = resolver.variantNames()
      names.formUnion(own.symmetricDifference(variants[index]))
      variants[index] = own
    }
    if names.isEmpty { return }
    context.variants = ProgramContext().variants
    for own in variants { context.variants.formUnion(own) }
    for index in loaded.indices where !change.resolved.contains(index) {
      if uses(loaded[index].tree, names) { change.resolved.insert(index) }
    }
  }

  /// Whether one of some names stands in a text.
  private func uses(_ tree: FuseTree, _ names: Set<String>) -> Bool {
    for symbol in FuseWord.count..<UInt32(tree.symbolCount)
    where names.contains(String(decoding: tree.name(ofSymbol: symbol), as: UTF8.self)) {
      return true
    }
    return false
  }

  private mutating func resolve(_ index: Int) {
    var resolver = resolver(index)
    resolver.collect()
    _ = resolver.makeInterface()
    resolver.resolve(in: context)
    edges[index] = ImportCycles.edges(of: resolver, in: context)
    modules[index] = FuseModule(
      path: loaded[index].path,
      tree: loaded[index].tree,
      names: resolver.names
    )
  }

  /// Some modules and all that import them, directly or through others.
  func importers(of modules: Set<Int>) -> Set<Int> {
    var importers = [[Int]](repeating: [], count: loaded.count)
    for (index, module) in loaded.enumerated() {
      for case .interface(let target) in module.links.values where Int(target) < loaded.count {
        importers[Int(target)].append(index)
      }
    }
    var found = modules
    var pending = Array(modules)
    while let next = pending.popLast() {
      for importer in importers[next] where found.insert(importer).inserted {
        pending.append(importer)
      }
    }
    return found
  }
}
