// The way in: Lua text to a compiled function.

package import NightjarBase
package import NightjarBytecode
package import NightjarDiagnostics
package import NightjarLuaSyntax

/// Why a text was not compiled.
package struct LuaCompileError: Error, Sendable {
  /// The reference's words with chunk and line: `input:1: unexpected symbol near '='`.
  package let message: [UInt8]
  /// What is wrong, in the order in which the reference would notice; never empty.
  package let diagnostics: [Diagnostic]
}

/// How a text is compiled.
package struct LuaCompilerOptions: Sendable {
  /// How the text is read.
  package var syntax: LuaSyntax.Options

  /// The options of `load` for a dialect.
  package init(dialect: LuaDialect) {
    syntax = LuaSyntax.Options(dialect: dialect)
  }

  /// The options of `load`, or those given.
  package init(syntax: LuaSyntax.Options = LuaSyntax.Options()) {
    self.syntax = syntax
  }
}

/// Compiles Lua; the dialect is one of the options.
package enum LuaCompiler {
  /// Compiles a text.
  ///
  /// A pure function of its arguments; nothing in the text makes it trap.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - chunkName: As given to `load`: `@file`, `=name` or the text itself.
  ///   - options: How to read the text.
  /// - Returns: The main function, or what is wrong.
  /// - Complexity: O(*n*) in the text; recursion is bounded by the parser's nesting limit.
  package static func compile(
    source: [UInt8],
    chunkName: [UInt8],
    options: LuaCompilerOptions = LuaCompilerOptions()
  ) -> Result<FunctionPrototype, LuaCompileError> {
    let tree = LuaSyntax.parse(source, options.syntax)
    var generator = Generator(tree: tree, chunkName: chunkName)
    let main = generator.mainFunction()
    if tree.diagnostics.isEmpty, generator.problems.isEmpty { return .success(main) }
    let diagnostics = merged(tree, generator.problems)
    let first = diagnostics.first?.reference
    let message = ChunkName.message(
      first?.text ?? [],
      chunkName: chunkName,
      line: first?.line ?? 0,
      options.syntax.dialect.rules.chunkNamesOfCompiler
    )
    return .failure(LuaCompileError(message: message, diagnostics: diagnostics))
  }

  /// Everything that is wrong with a text; empty if it compiles.
  package static func check(
    source: [UInt8],
    dialect: LuaDialect = .standard
  ) -> [Diagnostic] {
    var options = LuaCompilerOptions()
    options.syntax.dialect = dialect
    options.syntax.isFile = true
    options.syntax.findsAllErrors = true
    switch compile(source: source, chunkName: [], options: options) {
    case .success: return []
    case .failure(let error): return error.diagnostics
    }
  }

  /// The findings of parser and compiler in the order in which a reader would come upon them.
  ///
  /// After a syntax error names mean little, so what the compiler finds
  /// behind it is left out.
  private static func merged(_ tree: SyntaxTree, _ problems: [ScopeProblem]) -> [Diagnostic] {
    let sorted = problems.enumerated()
      .sorted { ($0.element.noticedAt, $0.offset) < ($1.element.noticedAt, $1.offset) }
      .map(\.element)
    guard let syntax = tree.diagnostics.first else { return sorted.map(\.diagnostic) }
    let before = sorted.filter {
      let start = tree[$0.noticedAt].start
      return $0.isAfterSyntax ? start < syntax.span.start : start <= syntax.span.start
    }
    return before.map(\.diagnostic) + tree.diagnostics
  }
}
