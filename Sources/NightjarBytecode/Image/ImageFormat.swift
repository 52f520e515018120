// Images: compiled functions as bytes. `string.dump` writes them and `load` takes them as binary
// chunks; everything in them is checked before it runs.
//
//   offset  bytes
//        0  15   1B "Lua" 54 00 19 93 0D 0A 1A 0A 04 08 08
//       15  16   the integer 0x5678 and the float 370.5
//       31  15   "Nightjar image\n" (5.3 and 5.5 have longer headers and shorter marks)
//       46   1   format version
//       47   1   dialect: the raw value of a `LuaDialect`, for all functions of the image
//       48   8   byte count of the payload
//       56   8   checksum of bytes 46..<56 and of the payload
//       64  …    payload: the main function; what follows it is not looked at
//
// The first 31 bytes are the header of the reference's binary chunks, because programs recognise
// one by it (the reference's test suite does), whatever the dialect. The
// reference interpreter itself refuses an image: where its own chunks have a size, it finds the
// letters after the header, a number too large for it.
//
// Numbers are little-endian. A *varint* has seven bits a byte, the lowest first, the high bit set
// in all but the last, and no more bytes than needed; *signed* varints are zigzag. A *string* is a
// varint count and bytes; a *list* is a varint count and elements. A function is
//
//   byte   flags: 0 vararg · 1 own source follows · 2 source as the function around it · 3 lines
//   byte   parameters          byte   registers
//   signed line of `function`  signed line of `end`
//   string source, with flag 1
//   list   code: eight bytes each
//   list   constants: a tag byte (0 nil, 1 false, 2 true, 3 integer: signed, 4 float: eight
//          bytes, 5 string, 6 string of 41 to 255 bytes that stood before: a varint, which of those
//          it is), then the value
//   list   upvalues: a byte (bit 0 local of the function around it, bit 1 named), a byte index, a
//          string name if there is one
//   list   functions
//   signed for each instruction with flag 3: its line less that of the one before
//   list   local variables: string name, signed start, signed end
//
// A function has exactly one encoding, and bytes decode to at most one function.

internal import NightjarBase

/// The numbers both directions share.
enum ImageFormat {
  /// Changes with this layout and with the numbering of instructions.
  static let version: UInt8 = 4

  /// The reference's header for a dialect, with the name of the part for messages, and our mark.
  ///
  /// All are equally long. Dialects whose programs are not known to look have that of 5.4.
  static func header(of dialect: LuaDialect) -> [(name: String, bytes: [UInt8])] {
    let data: [(name: String, bytes: [UInt8])] = [
      ("format mismatch", [0]), ("corrupted chunk", [0x19, 0x93, 0x0D, 0x0A, 0x1A, 0x0A]),
    ]
    let signature: (name: String, bytes: [UInt8]) = (
      "not a binary chunk", [0x1B, 0x4C, 0x75, 0x61]
    )
    let mark = "not a Nightjar image"
    switch dialect {
    case .lua53:
      return [signature, ("version mismatch", [0x53])] + data + [
        ("int size mismatch", [4]), ("size_t size mismatch", [8]),
        ("Instruction size mismatch", [4]), ("lua_Integer size mismatch", [8]),
        ("lua_Number size mismatch", [8]),
        ("integer format mismatch", [0x78, 0x56, 0, 0, 0, 0, 0, 0]),
        ("float format mismatch", [0, 0, 0, 0, 0, 0x28, 0x77, 0x40]),
        (mark, Array("Nightjar 5.3\n".utf8)),
      ]
    case .lua55:
      return [signature, ("version mismatch", [0x55])] + data + [
        ("int size mismatch", [4]), ("int format mismatch", [0x88, 0xA9, 0xFF, 0xFF]),
        ("instruction size mismatch", [4]),
        ("instruction format mismatch", [0x78, 0x56, 0x34, 0x12]),
        ("Lua integer size mismatch", [8]),
        ("Lua integer format mismatch", [0x88, 0xA9, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("Lua number size mismatch", [8]),
        ("Lua number format mismatch", [0, 0, 0, 0, 0, 0x28, 0x77, 0xC0]),
        (mark, Array("Night\n".utf8)),
      ]
    default:
      return [signature, ("version mismatch", [0x54])] + data + [
        ("Instruction size mismatch", [4]), ("lua_Integer size mismatch", [8]),
        ("lua_Number size mismatch", [8]),
        ("integer format mismatch", [0x78, 0x56, 0, 0, 0, 0, 0, 0]),
        ("float format mismatch", [0, 0, 0, 0, 0, 0x28, 0x77, 0x40]),
        (mark, Array("Nightjar image\n".utf8)),
      ]
    }
  }

  /// The dialect whose header has a version byte.
  static func headerDialect(ofVersion byte: UInt8) -> LuaDialect {
    switch byte {
    case 0x53: .lua53
    case 0x55: .lua55
    default: .lua54
    }
  }

  /// Whether images of a dialect begin with the header of another.
  static func hasHeader(_ dialect: LuaDialect, of other: LuaDialect) -> Bool {
    let isOwn = dialect == .lua53 || dialect == .lua55
    return isOwn ? dialect == other : other == .lua54
  }

  /// Where the version stands, which is where the checksum begins.
  static let versionOffset = 46
  static let payloadOffset = 64

  /// The checksum of an image whose other fields are in place.
  static func checksum(of bytes: [UInt8], payload: Range<Int>) -> UInt64 {
    var checksum = Checksum()
    checksum.add(bytes[versionOffset..<versionOffset + 10])
    checksum.add(bytes[payload])
    return checksum.value
  }

  enum FunctionFlag {
    static let isVararg: UInt8 = 1 << 0
    static let hasSource: UInt8 = 1 << 1
    static let sharesSource: UInt8 = 1 << 2
    static let hasLines: UInt8 = 1 << 3
    static let all: UInt8 = 0xF
  }

  enum UpvalueFlag {
    static let isLocalOfParent: UInt8 = 1 << 0
    static let isNamed: UInt8 = 1 << 1
    static let all: UInt8 = 3
  }

  enum ConstantTag {
    static let `nil`: UInt8 = 0
    static let `false`: UInt8 = 1
    static let `true`: UInt8 = 2
    static let integer: UInt8 = 3
    static let float: UInt8 = 4
    static let string: UInt8 = 5
    static let knownString: UInt8 = 6
  }

  /// The sizes of string constants that stand only once in an image: shorter ones are not worth it, and
  /// with longer ones a small image could ask for much.
  static let sharedByteCounts = 41...255
}

/// Compiled functions as bytes.
package enum Image {
  /// Writes a function as an image.
  ///
  /// - Parameters:
  ///   - main: The function, as a rule verified.
  ///   - stripping: Leaves out lines, names and the source's name.
  /// - Returns: The bytes; equal functions give equal ones.
  /// - Complexity: O(*n*) in the size of the function.
  package static func encode(_ main: FunctionPrototype, stripping: Bool) -> [UInt8] {
    var writer = ImageWriter(isStripping: stripping)
    writer.write(main)
    return writer.bytes
  }

  /// Reads an image without verifying what is in it.
  ///
  /// - Throws: The first thing wrong with the bytes. Never traps; allocates in proportion to the
  ///   bytes.
  package static func decode(_ bytes: [UInt8]) throws(ImageError) -> FunctionPrototype {
    var reader = ImageReader(bytes: bytes)
    try reader.readHeader()
    return try reader.readPayload()
  }

  /// Reads what stands behind an image's header: tests and fuzzers change it without having to
  /// mend the checksum.
  package static func decode(payload: ArraySlice<UInt8>) throws(ImageError) -> FunctionPrototype {
    var reader = ImageReader(bytes: Array(payload))
    return try reader.readPayload()
  }

  /// Where the payload begins in an image.
  package static var payloadOffset: Int { ImageFormat.payloadOffset }

  /// Reads an image and verifies it, so that it may run.
  package static func load(_ bytes: [UInt8]) throws(ImageError) -> FunctionPrototype {
    let main = try decode(bytes)
    do throws(VerificationError) {
      try Verifier.verify(main)
    } catch {
      throw ImageError(offset: ImageFormat.payloadOffset, cause: .invalidCode(error))
    }
    return main
  }
}
