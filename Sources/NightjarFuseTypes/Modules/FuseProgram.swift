// A program: its modules, read and with their names resolved.
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
    self.init(ProgramReading(roots: roots, files: files, options: options))
  }

  init(_ reading: ProgramReading) {
    target = reading.options.conditions.target
    modules = reading.modules
    for (index, interface) in reading.context.interfaces.enumerated() where interface.isLua {
      foreignInterfaces[index] = interface.direct.compactMapValues { $0.value }
    }
  }

  /// Whether any module has an error.
  package var hasErrors: Bool {
    modules.contains { module in
      module.tree.hasErrors || module.names.diagnostics.contains { $0.severity == .error }
    }
  }
}
