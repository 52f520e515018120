// The format strings of string.pack, string.packsize and string.unpack, option by option.
// SOURCE: manual §6.4.2.

internal import NightjarBase

/// A cursor over a pack format.
struct PackFormat {
  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  private var offset = 0
  private(set) var isLittleEndian = true
  private var alignmentMax = 1

  /// What an option packs.
  enum Kind {
    case signed, unsigned, float, double, fixedString, countedString, zeroString, padding
    case alignment, nothing
  }

  /// One option: what it is, how many bytes it takes and how many of padding stand before it.
  struct Option {
    var kind: Kind
    var size: Int
    var paddingCount = 0
  }

  private static var integerSizeMax: Int { 16 }
  /// The largest size and total the reference takes.
  static var byteCountMax: Int { Int(Int32.max) }

  init(_ format: StringRef) {
    bytes = UnsafePointer(format.bytes)
    // A zero byte ends a format.
    count = ByteSearch.firstByte(0, in: bytes, format.count)
  }

  /// The next option, aligned for data that begins at `position`; nil at the end.
  mutating func next(at position: Int, in call: NativeCall) throws(ScriptError) -> Option? {
    if offset == count { return nil }
    var option = try read(call)
    var alignment = option.size
    if option.kind == .alignment {
      guard offset < count else { throw invalidAlignment(call) }
      let following = try read(call)
      alignment = following.size
      if following.kind == .fixedString || alignment == 0 { throw invalidAlignment(call) }
    }
    if alignment > 1 && option.kind != .fixedString {
      alignment = min(alignment, alignmentMax)
      guard alignment & (alignment - 1) == 0 else {
        throw call.argumentError(1, "format asks for alignment not power of 2")
      }
      option.paddingCount = (alignment - position & (alignment - 1)) & (alignment - 1)
    }
    return option
  }

  private func invalidAlignment(_ call: NativeCall) -> ScriptError {
    call.argumentError(1, "invalid next option for option 'X'")
  }

  private mutating func read(_ call: NativeCall) throws(ScriptError) -> Option {
    let letter = bytes[offset]
    offset += 1
    switch letter {
    case UInt8(ascii: "b"): return Option(kind: .signed, size: 1)
    case UInt8(ascii: "B"): return Option(kind: .unsigned, size: 1)
    case UInt8(ascii: "h"): return Option(kind: .signed, size: 2)
    case UInt8(ascii: "H"): return Option(kind: .unsigned, size: 2)
    case UInt8(ascii: "l"), UInt8(ascii: "j"): return Option(kind: .signed, size: 8)
    case UInt8(ascii: "L"), UInt8(ascii: "J"), UInt8(ascii: "T"):
      return Option(kind: .unsigned, size: 8)
    case UInt8(ascii: "f"): return Option(kind: .float, size: 4)
    case UInt8(ascii: "n"), UInt8(ascii: "d"): return Option(kind: .double, size: 8)
    case UInt8(ascii: "i"): return Option(kind: .signed, size: try integerSize(call, default: 4))
    case UInt8(ascii: "I"): return Option(kind: .unsigned, size: try integerSize(call, default: 4))
    case UInt8(ascii: "s"):
      return Option(kind: .countedString, size: try integerSize(call, default: 8))
    case UInt8(ascii: "c"):
      guard let size = number(max: call.follows(.packsWideStrings) ? .max : Self.byteCountMax)
      else {
        throw call.raise("missing size for format option 'c'")
      }
      return Option(kind: .fixedString, size: size)
    case UInt8(ascii: "z"): return Option(kind: .zeroString, size: 0)
    case UInt8(ascii: "x"): return Option(kind: .padding, size: 1)
    case UInt8(ascii: "X"): return Option(kind: .alignment, size: 0)
    case UInt8(ascii: " "): break
    case UInt8(ascii: "<"), UInt8(ascii: "="): isLittleEndian = true
    case UInt8(ascii: ">"): isLittleEndian = false
    case UInt8(ascii: "!"): alignmentMax = try integerSize(call, default: 8)
    default:
      let isShown = (0x20..<0x7F).contains(letter) || !call.follows(.formatEscapesBytes)
      let name =
        isShown ? String(decoding: CollectionOfOne(letter), as: UTF8.self) : "<\\\(letter)>"
      throw call.raise("invalid format option '\(name)'")
    }
    return Option(kind: .nothing, size: 0)
  }

  /// A number in the format; nil if there is none.
  private mutating func number(max countMax: Int = Self.byteCountMax) -> Int? {
    guard offset < count, bytes[offset] &- UInt8(ascii: "0") <= 9 else { return nil }
    var value = 0
    // Digits beyond the largest number are left for the next option to stumble over.
    repeat {
      value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      offset += 1
    } while offset < count && bytes[offset] &- UInt8(ascii: "0") <= 9
      && value <= (countMax - 9) / 10
    return value
  }

  private mutating func integerSize(
    _ call: NativeCall,
    default other: Int
  ) throws(ScriptError) -> Int {
    let size = number() ?? other
    guard 1...Self.integerSizeMax ~= size else {
      throw call.raise("integral size (\(size)) out of limits [1,\(Self.integerSizeMax)]")
    }
    return size
  }
}
