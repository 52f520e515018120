// Loading chunks through the machine's compiler, with the mode checks of manual §6.1 (load).

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Compiles text or decodes a binary chunk.
  ///
  /// - Parameter mode: `b`, `t` or both; nil allows both.
  func compile(
    _ source: [UInt8], chunkName: [UInt8], mode: [UInt8]?
  ) -> Result<FunctionPrototype, CompileFailure> {
    if source.count > pointee.limits.chunkByteCount {
      let text = "chunk of \(source.count) bytes (limit is \(pointee.limits.chunkByteCount))"
      return .failure(CompileFailure(message: Array(text.utf8)))
    }
    let isBinary = source.first == 0x1B
    let letter = UInt8(ascii: isBinary ? "b" : "t")
    if let mode, !mode.contains(letter) {
      let kind = isBinary ? "binary" : "text"
      let text = "attempt to load a \(kind) chunk (mode is '\(String(decoding: mode, as: UTF8.self))')"
      return .failure(CompileFailure(message: Array(text.utf8)))
    }
    guard let compiler = pointee.compiler else {
      return .failure(CompileFailure(message: Array("this machine has no compiler".utf8)))
    }
    return isBinary
      ? compiler.decode(image: source, chunkName: chunkName)
      : compiler.compile(source: source, chunkName: chunkName)
  }
}
