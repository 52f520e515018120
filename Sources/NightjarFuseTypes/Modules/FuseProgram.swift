// A program: its modules, read and with their names resolved. Phase by phase, each over all modules:
// read and follow imports; declare what stands at module level; join exports; resolve bodies; look for
// cycles.
//
// SOURCE: Fuse reference, sections 1.4 and 6.

package import NightjarDiagnostics
package import NightjarFuseSyntax

/// A module of a program.
package struct FuseModule: Sendable {
  /// The path of its file from the root of the sources, or its name: `@fuse:math`.
  package let path: String
  /// Its text and structure.
  package let tree: FuseTree
  /// What its names refer to.
  package internal(set) var names: ModuleNames

  /// What is wrong with it, in text order.
  package var diagnostics: [Diagnostic] {
    (tree.diagnostics + names.diagnostics).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }
}

/// A program with all modules that its roots need.
package struct FuseProgram: Sendable {
  /// How a program is read.
  package struct Options: Sendable {
    /// The circumstances the preprocessor asks for.
    package var conditions = FuseConditions()
    /// The root module of each dependency: a path as in an import.
    package var packages: [String: String] = [:]

    /// The usual options.
    package init(
      conditions: FuseConditions = FuseConditions(),
      packages: [String: String] = [:]
    ) {
      self.conditions = conditions
      self.packages = packages
    }
  }

  /// The modules; the first is the prelude, then come the roots.
  package private(set) var modules: [FuseModule] = []

  /// For which target the program is read.
  package private(set) var target = FuseConditions().target
  /// By number as in `ImportTarget.module`, what the declared modules of the target have.
  private(set) var foreignInterfaces: [Int: [String: DeclarationID]] = [:]

  /// Reads the modules at some paths, and all they import.
  ///
  /// - Complexity: O(*n*) in the texts.
  package init(roots: [String], files: any ModuleFiles, options: Options = Options()) {
    target = options.conditions.target
    var loader = ModuleLoader(files: files, options: options)
    loader.load(roots: roots)
    var resolvers = loader.modules.indices.map { index in
      let module = loader.modules[index]
      return Resolver(
        tree: module.tree,
        module: Int32(truncatingIfNeeded: index),
        path: module.path,
        links: module.links,
        diagnostics: module.diagnostics
      )
    }
    var context = ProgramContext()
    for index in resolvers.indices { resolvers[index].collect() }
    for index in resolvers.indices {
      context.interfaces.append(resolvers[index].makeInterface())
      context.variants.formUnion(resolvers[index].variantNames())
    }
    for index in resolvers.indices { resolvers[index].addDeclaredModules(to: &context) }
    for index in resolvers.indices { resolvers[index].addGlobals(to: &context) }
    if let prelude = context.interfaces.first { context.prelude = prelude.direct }
    for index in resolvers.indices { resolvers[index].resolve(in: context) }
    for (index, interface) in context.interfaces.enumerated() where interface.isLua {
      foreignInterfaces[index] = interface.direct.compactMapValues { $0.value }
    }
    ImportCycles(resolvers, context).report(to: &resolvers)
    modules = zip(loader.modules, resolvers).map { loaded, resolver in
      FuseModule(path: loaded.path, tree: loaded.tree, names: resolver.names)
    }
  }

  /// Whether any module has an error.
  package var hasErrors: Bool {
    modules.contains { module in
      module.tree.hasErrors || module.names.diagnostics.contains { $0.severity == .error }
    }
  }
}
