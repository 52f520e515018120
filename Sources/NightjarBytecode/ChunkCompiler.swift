// How the engine reaches a compiler without knowing any: `load` hands over bytes and gets functions.

package import NightjarBase

/// Turns source text into a function; given by whoever builds the machine.
package protocol ChunkCompiler {
  /// Compiles a chunk.
  ///
  /// - Parameters:
  ///   - source: The text, any bytes.
  ///   - chunkName: As given to `load`: `@file`, `=name` or the text itself.
  ///   - dialect: The Lua it is written in.
  /// - Returns: The main function, or the whole error message in the reference's words.
  func compile(
    source: [UInt8],
    chunkName: [UInt8],
    dialect: LuaDialect
  ) -> Result<FunctionPrototype, CompileFailure>
  /// Decodes and verifies a binary chunk.
  func decode(image: [UInt8], chunkName: [UInt8]) -> Result<FunctionPrototype, CompileFailure>
  /// Encodes a function as a binary chunk (`string.dump`).
  func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8]
}

/// Why a chunk did not compile.
package struct CompileFailure: Error {
  /// The message as `load` returns it.
  package let message: [UInt8]

  package init(message: [UInt8]) { self.message = message }
}
