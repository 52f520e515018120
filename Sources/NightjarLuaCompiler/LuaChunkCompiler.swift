// The Lua compiler as machines reach it, through `load` and its relatives.

package import NightjarBase
package import NightjarBytecode

/// Compiles source text; reads binary chunks only where they are allowed.
package struct LuaChunkCompiler: ChunkCompiler {
  private let allowsBinary: Bool

  /// - Parameter allowsBinary: Whether scripts may load what `string.dump` gives.
  package init(allowsBinary: Bool) { self.allowsBinary = allowsBinary }

  package func compile(
    source: [UInt8],
    chunkName: [UInt8],
    dialect: LuaDialect
  ) -> Result<FunctionPrototype, CompileFailure> {
    let options = LuaCompilerOptions(dialect: dialect)
    return LuaCompiler.compile(source: source, chunkName: chunkName, options: options)
      .mapError { CompileFailure(message: $0.message) }
  }

  package func decode(
    image: [UInt8],
    chunkName: [UInt8]
  ) -> Result<FunctionPrototype, CompileFailure> {
    guard allowsBinary else {
      return .failure(CompileFailure(message: Array("binary chunks are not allowed".utf8)))
    }
    do throws(ImageError) {
      return .success(try Image.load(image))
    } catch {
      return .failure(CompileFailure(message: error.message(chunkName: chunkName)))
    }
  }

  package func encode(_ function: FunctionPrototype, stripping: Bool) -> [UInt8] {
    Image.encode(function, stripping: stripping)
  }
}
