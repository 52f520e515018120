// Programs as the command line names them: a path, or - for standard input.

import NightjarBase
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarLuaSyntax

/// The text of a program and what it is called.
enum ProgramText {
  /// Whether a word stands for standard input.
  static func isInput(_ word: [UInt8]) -> Bool { word == [UInt8(ascii: "-")] }

  /// The name in diagnostics.
  static func name(of word: [UInt8]) -> String {
    isInput(word) ? "stdin" : Console.shown(word)
  }

  /// The name that the compiled functions carry (manual §4.9, `lua_Debug.source`).
  static func chunkName(of word: [UInt8]) -> [UInt8] {
    isInput(word) ? Array("=stdin".utf8) : [UInt8(ascii: "@")] + word
  }

  /// Reads a program.
  ///
  /// - Returns: nil when that is not possible, which has been reported.
  static func read(_ word: [UInt8]) -> [UInt8]? {
    do throws(SourceFile.Failure) {
      return try SourceFile.read(isInput(word) ? nil : word, Console.capabilities)
    } catch {
      Console.error("nightjar: \(Console.shown(error.message))")
      return nil
    }
  }
}

extension LuaCompilerOptions {
  /// All mistakes, for people.
  static func all(_ dialect: LuaDialect) -> LuaCompilerOptions {
    var options = LuaCompilerOptions()
    options.syntax.dialect = dialect
    options.syntax.findsAllErrors = true
    return options
  }
}
