// Reads modules and follows their imports, breadth first, so that the order of modules depends on
// nothing but the texts.

internal import NightjarDiagnostics
internal import NightjarFuseLibrary
internal import NightjarFuseSyntax

/// A module that was read, and where its imports lead.
struct LoadedModule {
  let path: String
  let tree: FuseTree
  /// By the node of an import or export, the module it leads to.
  var links: [NodeID: ModuleLink] = [:]
  var diagnostics: [Diagnostic] = []
}

/// Reads the modules of a program.
struct ModuleLoader {
  private var finder: ModuleFinder
  private let options: FuseProgram.Options
  private(set) var modules: [LoadedModule] = []
  /// The modules by file or name.
  private var known: [String: Int32] = [:]

  /// Trees of texts that have not changed, by path.
  private let trees: [String: FuseTree]

  init(
    files: any ModuleFiles,
    options: FuseProgram.Options,
    known trees: [String: FuseTree] = [:]
  ) {
    finder = ModuleFinder(files)
    self.options = options
    self.trees = trees
  }

  mutating func load(roots: [String]) {
    _ = standard("prelude")
    for path in roots { _ = file(path) }
    for name in StandardLibrary.everywhere { _ = standard(name) }
    var next = 0
    while next < modules.count {
      follow(next)
      next += 1
    }
  }

  private mutating func add(_ path: String, _ tree: FuseTree) -> Int32 {
    let index = Int32(truncatingIfNeeded: modules.count)
    known[path] = index
    modules.append(LoadedModule(path: path, tree: tree))
    return index
  }

  private mutating func add(_ path: String, _ bytes: [UInt8]?) -> Int32? {
    bytes.map { add(path, FuseSyntax.parse($0, options.conditions)) }
  }

  private mutating func standard(_ name: String) -> Int32? {
    let path = "@fuse:" + name
    if let index = known[path] { return index }
    return trees[path].map { add(path, $0) } ?? add(path, StandardLibrary.text(of: name))
  }

  private mutating func file(_ path: String) -> Int32? {
    if let index = known[path] { return index }
    return trees[path].map { add(path, $0) } ?? add(path, finder.files.read(path))
  }

  // MARK: Imports

  private mutating func follow(_ index: Int) {
    let tree = modules[index].tree
    for statement in tree.nodes(tree.statements(tree.root)) {
      switch tree[statement].kind {
      case .importDeclaration, .exportNames, .exportAll:
        let token = tree.modulePath(statement)
        if token.isPresent { modules[index].links[statement] = link(token, index) }
      case .declareModule: checkDeclared(tree.modulePath(statement), index)
      default: break
      }
    }
  }

  /// Refuses a declaration of a module of the standard library in a file.
  private mutating func checkDeclared(_ token: TokenID, _ index: Int) {
    let tree = modules[index].tree
    let text = String(decoding: tree.stringValue(token), as: UTF8.self)
    if text.hasPrefix("@fuse:"), !modules[index].path.hasPrefix("@fuse:") {
      modules[index].diagnostics.append(.Fuse.reservedNamespace(span: tree[token].span))
    }
  }

  private mutating func link(_ token: TokenID, _ index: Int) -> ModuleLink {
    let tree = modules[index].tree
    let span = tree[token].span
    let text = String(decoding: tree.stringValue(token), as: UTF8.self)
    var specifier = ModuleSpecifier(text, importer: modules[index].path)
    if case .package(let name) = specifier {
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      guard let root = parts.first.flatMap({ options.packages[$0] }) else {
        modules[index].diagnostics.append(.Fuse.moduleNotFound(text, tried: [], span: span))
        return .missing
      }
      specifier = .file(parts.count > 1 ? "\(root)/\(parts[1])" : root)
    }
    let problem: Diagnostic
    switch specifier {
    case .standard(let name):
      if let found = standard(name) { return .interface(found) }
      problem = .Fuse.moduleNotFound(text, tried: [], span: span)
    case .lua: return .lua
    case .unknown(let scheme): problem = .Fuse.unknownScheme(scheme, span: span)
    case .package, .outside: problem = .Fuse.moduleNotFound(text, tried: [], span: span)
    case .file(let path):
      switch finder.find(path) {
      case .file(let file):
        if let found = self.file(file) { return .interface(found) }
        problem = .Fuse.moduleNotFound(text, tried: [file], span: span)
      case .ambiguous(let names):
        problem = .Fuse.ambiguousModule(text, files: names, span: span)
      case .missing:
        let tried = [".fuse", ".d.fuse", "/init.fuse"].map { path + $0 }
        problem = .Fuse.moduleNotFound(
          text,
          tried: tried,
          isInLibrary: StandardLibrary.names.contains(text),
          span: span
        )
      }
    }
    modules[index].diagnostics.append(problem)
    return .missing
  }
}
