// What differs between the stand-alone interpreters of the dialects (manual §6 or §7): their options,
// the table of arguments, the prompt.

/// How the stand-alone interpreter of a dialect behaves.
package struct InterpreterRules: Sendable {
  private let dialect: LuaDialect
  private var isFirst: Bool { dialect == .lua51 }
  private var hasFunctionEnvironments: Bool { dialect.rules.hasFunctionEnvironments }

  init(_ dialect: LuaDialect) { self.dialect = dialect }

  // MARK: Options

  /// `-E` ignores the variables of the environment.
  package var hasEnvironmentOption: Bool { !isFirst }
  /// `-W` turns warnings on.
  package var hasWarningOption: Bool { dialect.rules.hasAttributes }
  /// `-l mod` gives the module a global name.
  package var namesModules: Bool { !hasFunctionEnvironments }
  /// `-l g=mod` gives it another.
  package var namesModulesFreely: Bool { dialect.rules.hasAttributes }
  /// An option may be refused by the list of those there are alone.
  package var tellsRefusedOption: Bool { !hasFunctionEnvironments }

  // MARK: Surroundings

  /// The table `arg` is made when a script is run; else before any option is looked at.
  package var argumentsComeWithScript: Bool { isFirst || dialect == .lua52 }
  /// The version is told on standard error.
  package var tellsVersionAsError: Bool { isFirst }

  // MARK: Prompt

  /// An expression typed without a sign prints its values.
  package var promptTakesExpressions: Bool { dialect.hasIntegers }
  /// Who types the declaration of a local variable is told that it is gone with the line.
  package var warnsOfLocals: Bool { dialect.rules.hasGlobalDeclarations }
  /// What is typed is shown where it comes from no terminal, as the line editor of the references does; the
  /// official suite of 5.1 wants nothing but results.
  package var showsTypedLines: Bool { !isFirst }
}

extension LuaDialect {
  /// How its stand-alone interpreter behaves.
  package var interpreter: InterpreterRules { InterpreterRules(self) }
}
