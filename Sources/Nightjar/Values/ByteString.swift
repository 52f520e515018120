// Script strings are bytes: usually text in UTF-8, but anything a file or a network gave.

/// A string of bytes, as scripts have them.
public struct ByteString: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
  /// The bytes.
  public var bytes: [UInt8]

  /// A string of the given bytes.
  public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The UTF-8 bytes of a text.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// The UTF-8 bytes of a literal.
  public init(stringLiteral text: String) { self.init(text) }

  /// The text the bytes spell in UTF-8; nil when they are not valid UTF-8.
  public var text: String? { String(validating: bytes, as: UTF8.self) }
}

extension ByteString: CustomStringConvertible {
  /// The text, with U+FFFD for what is not valid UTF-8.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
