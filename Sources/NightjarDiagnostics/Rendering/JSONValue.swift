// JSON, as far as reports for tools need it: written, never read.

/// A JSON value.
package enum JSONValue: Sendable {
  case string(String)
  case number(Int)
  case boolean(Bool)
  case array([JSONValue])
  /// Members in the order in which they are written.
  case object([(String, JSONValue)])

  /// The text, indented by two spaces a level, without a line end.
  package var text: String {
    var out = ""
    write(to: &out, indent: 0)
    return out
  }

  private func write(to out: inout String, indent: Int) {
    switch self {
    case .string(let text): Self.quote(text, to: &out)
    case .number(let number): out += String(number)
    case .boolean(let flag): out += flag ? "true" : "false"
    case .array(let items):
      Self.list(items, "[", "]", to: &out, indent) { item, out in
        item.write(to: &out, indent: indent + 1)
      }
    case .object(let members):
      Self.list(members, "{", "}", to: &out, indent) { member, out in
        Self.quote(member.0, to: &out)
        out += ": "
        member.1.write(to: &out, indent: indent + 1)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item],
    _ opener: String,
    _ closer: String,
    to out: inout String,
    _ indent: Int,
    _ write: (Item, inout String) -> Void
  ) {
    out += opener
    for (index, item) in items.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: indent + 1)
      write(item, &out)
    }
    if !items.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
    out += closer
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      default:
        if scalar.value < 32 || scalar.value == 127 {
          let digits = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    out += "\""
  }
}
