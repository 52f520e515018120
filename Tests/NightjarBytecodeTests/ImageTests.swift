// Images: round trips, headers as programs expect them, refusals.

import NightjarBytecode
import Testing

@Suite struct ImageTests {
  private let sample = Image.encode(Sample.chunk, stripping: false)

  private func cause(_ bytes: [UInt8]) -> ImageError.Cause? {
    do throws(ImageError) {
      _ = try Image.load(bytes)
      return nil
    } catch {
      return error.cause
    }
  }

  @Test func roundTrips() throws {
    let function = try Image.load(sample)
    #expect(function.listing == Sample.chunk.listing)
    #expect(Image.encode(function, stripping: false) == sample)
  }

  @Test func allConstants() throws {
    let constants: [Constant] = [
      .nil, .boolean(false), .boolean(true), .integer(0), .integer(-1), .integer(63),
      .integer(-64), .integer(64), .integer(.max), .integer(.min), .float(-0.0), .float(.nan),
      .float(1e300), .string([]), .string([0, 255]), .string(Array(repeating: 7, count: 1000)),
    ]
    let bytes = Image.encode(
      Sample.function([Sample.returnNone(at: 0)], constants: constants),
      stripping: false
    )
    let function = try Image.load(bytes)
    #expect(Image.encode(function, stripping: false) == bytes)
    #expect(function.constants.map(\.listingText) == constants.map(\.listingText))
    #expect(function.constants[9] == .integer(.min))
  }

  @Test func strips() throws {
    let bytes = Image.encode(Sample.chunk, stripping: true)
    #expect(bytes.count < sample.count)
    let function = try Image.load(bytes)
    for stripped in [function, function.functions[0]] {
      #expect(stripped.source == nil)
      #expect(stripped.lines.isEmpty)
      #expect(stripped.locals.isEmpty)
      #expect(stripped.upvalues.allSatisfy { $0.name == nil })
    }
    #expect(function.functions[0].lineDefined == 4)
    #expect(function.code == Sample.chunk.code)
    #expect(Image.encode(function, stripping: false) == bytes)
  }

  /// The header that the reference's test suite expects of `string.dump`.
  @Test func beginsAsTheReferencesChunks() {
    let header: [UInt8] =
      [0x1B] + Array("Lua".utf8) + [0x54, 0, 0x19, 0x93, 13, 10, 0x1A, 10, 4, 8, 8]
    #expect(Array(sample.prefix(15)) == header)
    #expect(Array(sample[15..<23]) == [0x78, 0x56, 0, 0, 0, 0, 0, 0])
    let float = sample[23..<31].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Double(bitPattern: float) == 370.5)
  }

  @Test func sourceIsWrittenOnce() {
    let name = Array(repeating: UInt8(ascii: "x"), count: 1000)
    func function(_ nested: [FunctionPrototype]) -> FunctionPrototype {
      FunctionPrototype(
        code: [Sample.returnNone(at: 0)],
        constants: [],
        upvalues: [],
        functions: nested,
        parameterCount: 0,
        isVararg: false,
        registerCount: 2,
        source: name,
        lineDefined: 0,
        lastLineDefined: 0,
        lines: [1],
        locals: []
      )
    }
    let main = function([function([function([])])])
    let bytes = Image.encode(main, stripping: false)
    #expect(bytes.count < 1200)
    let inner = (try? Image.load(bytes))?.functions.first?.functions.first
    #expect(inner?.source == name)
    #expect(Image.encode(main, stripping: true).count < 200)
  }

  @Test func everyTruncationIsNamed() {
    for count in 0..<sample.count {
      #expect(cause(Array(sample.prefix(count))) == .truncated)
    }
    // What follows an image is not looked at.
    #expect(cause(sample + [1, 2, 3]) == nil)
  }

  @Test(arguments: [
    (1, "not a binary chunk"), (4, "int format mismatch"), (5, "format mismatch"),
    (6, "corrupted chunk"), (12, "Instruction size mismatch"), (13, "lua_Integer size mismatch"),
    (14, "lua_Number size mismatch"), (15, "integer format mismatch"),
    (30, "float format mismatch"), (31, "not a Nightjar image"), (46, "image format 5, expected 4"),
    (47, "unknown flags 4 at byte 47"), (56, "checksum mismatch"),
  ])
  func mangledHeaders(offset: Int, text: String) {
    var bytes = sample
    bytes[offset] &+= 1
    let error = #expect(throws: ImageError.self) { try Image.load(bytes) }
    #expect(error?.description == text)
  }

  @Test func messagesNameTheChunk() {
    let error = #expect(throws: ImageError.self) { try Image.load(Array(sample.dropLast())) }
    func message(_ name: String) -> String? {
      error.map { String(decoding: $0.message(chunkName: Array(name.utf8)), as: UTF8.self) }
    }
    #expect(message("@a.out") == "a.out: bad binary format (truncated chunk)")
    #expect(message("=(load)") == "(load): bad binary format (truncated chunk)")
    #expect(message("\u{1B}Lua") == "binary string: bad binary format (truncated chunk)")
    #expect(message("text") == "text: bad binary format (truncated chunk)")
  }

  @Test func badCodeIsRefused() {
    let bytes = Image.encode(Sample.function([Word(.trap)]), stripping: false)
    let error = #expect(throws: ImageError.self) { try Image.load(bytes) }
    #expect(
      error?.description == "invalid code, main instruction 0: control runs past the end"
    )
  }

  @Test func nestingIsBounded() {
    let leaf = Sample.function([Sample.returnNone(at: 0)])
    let deep = (0...Verifier.nestingLimit).reduce(leaf) { inner, _ in
      Sample.function([Sample.returnNone(at: 0)], functions: [inner])
    }
    #expect(cause(Image.encode(deep, stripping: false)) == .nesting)
  }

  // MARK: Forged payloads

  private func decodingCause(_ payload: [UInt8]) -> ImageError.Cause? {
    do throws(ImageError) {
      _ = try Image.decode(payload: payload[...])
      return nil
    } catch {
      return error.cause
    }
  }

  @Test func forgedPayloads() {
    let start: [UInt8] = [0, 0, 2, 0, 0]
    let code: [UInt8] = [0]
    #expect(decodingCause(start + code + [0, 0, 0, 0]) == nil)
    #expect(decodingCause([]) == .truncated)
    // A count in the billions asks for nothing.
    let billions: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    #expect(decodingCause(start + billions) == .count(0x7_FFFF_FFFF))
    #expect(decodingCause(start + code + [1, 5] + billions) == .count(0x7_FFFF_FFFF))
    #expect(decodingCause(start + code + [1, 9]) == .constantTag(9))
    #expect(decodingCause(start + code + [0, 1, 4, 0]) == .flags(4))
    #expect(decodingCause([0x10, 0, 2, 0, 0]) == .flags(0x10))
    #expect(decodingCause([0x4, 0, 2, 0, 0]) == .flags(0x4))
    // Longer than needed, and longer than 64 bits.
    #expect(decodingCause(start + [0x80, 0]) == .number)
    #expect(decodingCause(start + Array(repeating: 0xFF, count: 9) + [2]) == .number)
    #expect(decodingCause([0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]) == .number)
    #expect(decodingCause(start + code + [0, 0, 0, 0, 7]) == .leftoverBytes)
  }
}

extension FunctionPrototype {
  /// The whole listing, for comparing functions.
  var listing: String { Disassembler.lines(of: self).joined(separator: "\n") }
}
