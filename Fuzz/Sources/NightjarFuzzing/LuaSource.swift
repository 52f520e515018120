// What must hold of any bytes given as Lua text.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaCompiler
internal import NightjarLuaSyntax

extension Oracle {
  /// Any text compiles or is refused with its mistakes, and what compiles verifies.
  package static func checkLuaSource(_ bytes: [UInt8]) {
    checkDiagnostics(of: bytes)
    switch LuaCompiler.compile(source: bytes, chunkName: Array("=fuzz".utf8)) {
    case .failure(let error):
      precondition(!error.message.isEmpty, "a refusal without a message")
      precondition(!error.diagnostics.isEmpty, "a refusal without a mistake")
    case .success(let function):
      checkCompiled(function)
    }
  }

  /// Diagnostics lie inside the text, and the parser's modes agree whether there are any.
  private static func checkDiagnostics(of bytes: [UInt8]) {
    let first = LuaSyntax.parse(bytes).diagnostics
    let all = LuaSyntax.parse(bytes, LuaSyntax.Options(findsAllErrors: true)).diagnostics
    precondition(first.isEmpty == all.isEmpty, "the modes disagree whether the text is right")
    precondition(first.first.map { $0.reference != nil } ?? true, "no words of the reference")
    for diagnostic in first + all + LuaCompiler.check(source: bytes) {
      let (start, end) = (Int(diagnostic.span.start), Int(diagnostic.span.end))
      precondition(start <= end && end <= bytes.count, "a diagnostic outside the text")
    }
  }

  /// What the compiler makes verifies, and survives the way through an image.
  private static func checkCompiled(_ function: FunctionPrototype) {
    do throws(VerificationError) { try Verifier.verify(function) } catch {
      preconditionFailure("the compiler's code is refused: \(error)")
    }
    for stripping in [false, true] {
      let image = Image.encode(function, stripping: stripping)
      guard let loaded = try? Image.load(image) else {
        preconditionFailure("the compiler's image is refused")
      }
      precondition(Image.encode(loaded, stripping: false) == image, "an image changes")
    }
  }
}
