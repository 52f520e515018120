// Loading chunks through the machine's compiler, with the mode checks of manual §6.1 (load).

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The most memory that compiling takes, in bytes for each byte of source text: the tree and the code
  /// stand outside the heap until the code is linked.
  private static var compilerByteRatio: Int { 100 }
  /// What compiling costs for each byte of source text: it takes some fifty to a hundred nanoseconds, as
  /// long as twenty instructions.
  private static var compilerFuelRatio: Int { 16 }
  /// The shortest source text after which a limited machine has the C library give back what is free.
  private static var trimSourceByteCountMin: Int { 4096 }

  /// The longest source text that may be compiled now.
  var chunkByteCountMax: Int {
    if pointee.heap.byteLimit == .max { return pointee.limits.chunkByteCount }
    let room = pointee.heap.roomOutside() / Self.compilerByteRatio
    // A short chunk is within what the limit may be overrun by.
    return Swift.min(Swift.max(room, 4096), pointee.limits.chunkByteCount)
  }

  /// Why a chunk of so many bytes is not compiled now.
  func refusal(ofChunk byteCount: Int) -> CompileFailure? {
    let limit = pointee.limits.chunkByteCount
    if byteCount > limit {
      let text = "chunk of \(byteCount) bytes (limit is \(limit))"
      return CompileFailure(message: Array(text.utf8))
    }
    if byteCount > chunkByteCountMax {
      return CompileFailure(message: Array("not enough memory".utf8))
    }
    return nil
  }

  /// Compiles text or decodes a binary chunk, as the mode allows: `b`, `t` or both, as nil does.
  ///
  /// The dialect is that of a text which does not name another.
  func compile(
    _ source: [UInt8],
    chunkName: [UInt8],
    mode: [UInt8]?,
    dialect: LuaDialect
  ) -> Result<FunctionPrototype, CompileFailure> {
    if let refusal = refusal(ofChunk: source.count) { return .failure(refusal) }
    let isBinary = source.first == 0x1B
    let letter = UInt8(ascii: isBinary ? "b" : "t")
    if let mode, !mode.contains(letter) {
      let kind = isBinary ? "binary" : "text"
      let text =
        dialect.follows(.loadNamesMode)
        ? "attempt to load a \(kind) chunk (mode is '\(String(decoding: mode, as: UTF8.self))')"
        : "attempt to load chunk with wrong mode"
      return .failure(CompileFailure(message: Array(text.utf8)))
    }
    guard let compiler = pointee.compiler else {
      return .failure(CompileFailure(message: Array("this machine has no compiler".utf8)))
    }
    pointee.fuel &-= Int64(source.count &* Self.compilerFuelRatio)
    defer {
      // What compiling took is free again, but may still be the process's.
      if pointee.heap.isLimited && source.count > Self.trimSourceByteCountMin { Pages.trim() }
    }
    return isBinary
      ? compiler.decode(image: source, chunkName: chunkName)
      : compiler.compile(source: source, chunkName: chunkName, dialect: dialect)
  }
}
