// Compiled code, to be loaded into any number of machines.

import NightjarBytecode
import NightjarLuaCompiler

/// A compiled chunk.
///
/// It belongs to no machine and can be shared between tasks.
public struct Chunk: Sendable {
  let image: FunctionPrototype
  /// What messages call the chunk.
  public let name: String

  init(image: FunctionPrototype, name: String) {
    self.image = image
    self.name = name
  }

  /// Compiles source text.
  ///
  /// - Parameters:
  ///   - source: The text of the program.
  ///   - name: What messages call it: a file's name or a few words.
  ///   - dialect: The Lua it is written in.
  /// - Throws: `ScriptError` of kind `syntax` with the place and the cause.
  public init(
    source: String,
    name: String = "script",
    dialect: Dialect = .lua54
  ) throws(ScriptError) {
    try self.init(bytes: Array(source.utf8), name: name, dialect: dialect)
  }

  /// Compiles source text that need not be UTF-8.
  package init(
    bytes: [UInt8],
    name: String,
    dialect: Dialect = .lua54
  ) throws(ScriptError) {
    self.name = name
    let options = LuaCompilerOptions(dialect: dialect.base)
    switch LuaCompiler.compile(
      source: bytes,
      chunkName: Array("=\(name)".utf8),
      options: options
    ) {
    case .success(let image): self.image = image
    case .failure(let failure):
      var error = ScriptError(.syntax, String(decoding: failure.message, as: UTF8.self))
      error.chunkName = name
      throw error
    }
  }
}
