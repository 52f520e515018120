// Strings of TOML: basic and literal ones, on one line or several.

internal import NightjarDiagnostics

extension TOMLReader {
  /// Reads a string at its opening mark.
  mutating func string() throws(Mistake) -> String {
    let start = position
    let mark = bytes[position]
    var count = 0
    while count < 3, take(mark) { count += 1 }
    if count == 2 { return "" }
    let isLong = count == 3
    if isLong {
      if peek == 13 { position += 1 }
      if peek == 10 { position += 1 }
    }
    var out: [UInt8] = []
    while let byte = peek {
      if byte == mark {
        if !isLong {
          position += 1
          return String(decoding: out, as: UTF8.self)
        }
        if let rest = closer(mark) { return String(decoding: out + rest, as: UTF8.self) }
        out.append(byte)
        position += 1
      } else if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") {
        try escape(&out, isLong: isLong)
      } else if byte == 10 || byte == 13, !isLong {
        break
      } else if byte < 32, byte != 9, byte != 10, byte != 13 {
        throw mistake("a control character stands in the string", from: position, to: position + 1)
      } else {
        out.append(byte)
        position += 1
      }
    }
    throw mistake("the string does not end", from: start, to: start + count)
  }

  /// Takes the three marks that end a long string, before which up to two more belong to it.
  private mutating func closer(_ mark: UInt8) -> [UInt8]? {
    var count = 0
    while count < 5, position + count < bytes.count, bytes[position + count] == mark { count += 1 }
    if count < 3 { return nil }
    position += count
    return [UInt8](repeating: mark, count: count - 3)
  }

  private mutating func escape(_ out: inout [UInt8], isLong: Bool) throws(Mistake) {
    let start = position
    position += 1
    guard let letter = peek else { return }
    position += 1
    switch letter {
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(letter)
    case UInt8(ascii: "u"): try scalar(digits: 4, start, &out)
    case UInt8(ascii: "U"): try scalar(digits: 8, start, &out)
    case _ where isLong && (letter == 10 || letter == 13 || letter == 32 || letter == 9):
      position -= 1
      while let byte = peek, byte == 10 || byte == 13 || byte == 32 || byte == 9 { position += 1 }
    default: throw mistake("there is no such escape", from: start, to: position)
    }
  }

  private mutating func scalar(
    digits: Int,
    _ start: Int,
    _ out: inout [UInt8]
  ) throws(Mistake) {
    let end = min(position + digits, bytes.count)
    let text = String(decoding: bytes[position..<end], as: UTF8.self)
    position = end
    guard text.utf8.count == digits, let value = UInt32(text, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw mistake("the escape names no character", from: start, to: end) }
    out += Array(String(scalar).utf8)
  }
}
