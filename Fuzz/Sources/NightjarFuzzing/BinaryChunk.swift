// What must hold of any bytes given as a binary chunk.

package import NightjarBytecode

/// Claims as functions: each takes any bytes and traps if its claim is broken.
///
/// They know no fuzzer.
package enum Oracle {
  /// Bytes decode or are refused, and what decodes verifies or is refused.
  ///
  /// What decodes is written again as the same bytes, listed and named. What the verifier accepts
  /// goes to `run`, bounded by fuel.
  package static func checkBinaryChunk(
    _ bytes: [UInt8],
    run: (FunctionPrototype) -> Void = checkRun
  ) {
    _ = try? Image.load(bytes)
    guard let function = try? Image.decode(payload: bytes[...]) else { return }
    let image = Image.encode(function, stripping: false)
    precondition(Array(image.dropFirst(Image.payloadOffset)) == bytes, "two encodings")
    _ = Disassembler.lines(of: function)
    nameEverything(in: function)
    do throws(VerificationError) { try Verifier.verify(function) } catch {
      _ = error.description
      return
    }
    precondition((try? Image.load(image)) != nil, "a verified function is refused")
    let stripped = Image.encode(function, stripping: true)
    precondition((try? Image.load(stripped)) != nil, "a stripped function is refused")
    run(function)
  }

  /// Asks for the names of everything that an error message could speak of.
  private static func nameEverything(in function: FunctionPrototype) {
    let naming = VariableNaming(function)
    for index in function.code.indices.prefix(100) {
      _ = naming.describeCall(at: index)
      _ = naming.describeIndexed(at: index)
    }
    for nested in function.functions { nameEverything(in: nested) }
  }
}
