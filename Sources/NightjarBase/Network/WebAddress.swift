// Addresses of the web, as far as an HTTP client needs them. What is not plainly an address is refused:
// whoever reads one otherwise than the server does can be led past a list of hosts.
//
// SOURCE: RFC 3986; RFC 9110 §4.2.

/// An `http` or `https` address.
package struct WebAddress: Equatable, Sendable {
  package let isEncrypted: Bool
  /// The name or number as written, in lower case, an IPv6 number without its brackets.
  package let host: String
  package let port: UInt16
  /// The path and the query, at least `/`.
  package let target: String

  /// The port that is left out of texts.
  private static func usualPort(isEncrypted: Bool) -> UInt16 { isEncrypted ? 443 : 80 }

  /// What follows the scheme and the host in a request's header.
  package var authority: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == Self.usualPort(isEncrypted: isEncrypted) ? name : "\(name):\(port)"
  }

  /// Whether another address leads to the same server in the same way.
  package func hasOrigin(of other: WebAddress) -> Bool {
    isEncrypted == other.isEncrypted && host == other.host && port == other.port
  }

  /// The address that a text is; nil for anything else, names of users before the host included.
  package init?(_ text: [UInt8]) {
    guard let scheme = Self.scheme(of: text) else { return nil }
    self.init(isEncrypted: scheme.isEncrypted, text.dropFirst(scheme.byteCount))
  }

  /// The address that a reference leads to from here.
  package func resolve(_ reference: [UInt8]) -> WebAddress? {
    let slash = UInt8(ascii: "/")
    if let scheme = Self.scheme(of: reference) {
      return WebAddress(isEncrypted: scheme.isEncrypted, reference.dropFirst(scheme.byteCount))
    }
    if reference.starts(with: [slash, slash]) {
      return WebAddress(isEncrypted: isEncrypted, reference.dropFirst(2))
    }
    // A word before a colon is a scheme that nobody here speaks.
    let first = reference.prefix { $0 != slash && $0 != UInt8(ascii: "?") }
    if first.contains(UInt8(ascii: ":")) { return nil }
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    let full: [UInt8]
    switch reference.first {
    case slash: full = reference
    case UInt8(ascii: "?"), UInt8(ascii: "#"), nil: full = Array(path) + reference
    default:
      let folder = path.lastIndex(of: slash).map { path[...$0] } ?? path[...]
      full = Array(folder) + reference
    }
    return WebAddress(isEncrypted: isEncrypted, Array(authority.utf8) + full)
  }

  private static func scheme(of text: [UInt8]) -> (isEncrypted: Bool, byteCount: Int)? {
    let start = String(decoding: text.prefix(8), as: UTF8.self).lowercased()
    if start == "https://" { return (true, 8) }
    return start.hasPrefix("http://") ? (false, 7) : nil
  }

  /// An address from what follows the scheme.
  private init?(isEncrypted: Bool, _ rest: some Collection<UInt8>) {
    let ends = Array("/?#".utf8)
    let authority = Array(rest.prefix { !ends.contains($0) })
    var name = authority[...]
    var number: ArraySlice<UInt8> = []
    if name.first == UInt8(ascii: "[") {
      guard let end = name.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      number = name[(end + 1)...]
      name = name[1..<end]
      let digits = Array("0123456789abcdefABCDEF:.".utf8)
      guard name.contains(UInt8(ascii: ":")), name.allSatisfy({ digits.contains($0) }) else {
        return nil
      }
    } else {
      name = name.prefix { $0 != UInt8(ascii: ":") }
      number = authority[name.endIndex...]
      guard !name.isEmpty, name.allSatisfy(Self.isOfName) else { return nil }
    }
    if number.isEmpty || number.elementsEqual([UInt8(ascii: ":")]) {
      port = Self.usualPort(isEncrypted: isEncrypted)
    } else {
      let digits = number.dropFirst()
      guard number.first == UInt8(ascii: ":"), digits.allSatisfy({ $0 &- 0x30 <= 9 }),
        let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
      else { return nil }
      self.port = port
    }
    guard let target = Self.target(rest.dropFirst(authority.count)) else { return nil }
    self.isEncrypted = isEncrypted
    self.target = target
    host = String(decoding: name, as: UTF8.self).lowercased()
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Path and query without a fragment, with bytes outside ASCII written as `%XX`; nil when there are
  /// spaces or control characters.
  private static func target(_ rest: some Collection<UInt8>) -> String? {
    var text = ""
    for byte in rest.prefix(while: { $0 != UInt8(ascii: "#") }) {
      guard byte > 0x20, byte != 0x7F else { return nil }
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + String(byte, radix: 16, uppercase: true)
      }
    }
    return text.utf8.first == UInt8(ascii: "/") ? text : "/" + text
  }
}
