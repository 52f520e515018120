// Constants and names as a listing shows them: on one line, printable, cut when long.

extension Constant {
  /// The constant as Lua source would write it, as far as that fits a line.
  package var listingText: String {
    switch self {
    case .nil: "nil"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .float(let value): Self.text(of: value)
    case .string(let bytes): quoted(bytes, limit: 60)
    }
  }

  private static func text(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return "\(value)"
  }
}

/// Bytes as a quoted string with escapes; what passes the limit is cut and marked.
package func quoted(_ bytes: [UInt8], limit: Int) -> String {
  var text = "\""
  for byte in bytes.prefix(limit) {
    switch byte {
    case 0x0A: text += "\\n"
    case 0x0D: text += "\\r"
    case 0x09: text += "\\t"
    case 0x22: text += "\\\""
    case 0x5C: text += "\\\\"
    case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += "\\x" + hexadecimal(byte)
    }
  }
  return text + (bytes.count > limit ? "\"…" : "\"")
}

/// A name as it is when it is printable, else quoted.
package func nameText(_ bytes: [UInt8]) -> String {
  let isPlain =
    !bytes.isEmpty && bytes.count <= 60 && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  return isPlain ? String(decoding: bytes, as: UTF8.self) : quoted(bytes, limit: 60)
}

private func hexadecimal(_ byte: UInt8) -> String {
  let text = String(byte, radix: 16, uppercase: true)
  return text.count < 2 ? "0" + text : text
}
