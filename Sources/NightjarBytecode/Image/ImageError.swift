// Why bytes are no image.

/// What is wrong with an image, and where.
package struct ImageError: Error, Equatable, Sendable {
  /// The offset of the byte at fault.
  package let offset: Int
  package let cause: Cause

  package enum Cause: Equatable, Sendable {
    /// The bytes end too early.
    case truncated
    /// A part of the header differs; the text says which.
    case header(String)
    case version(UInt8)
    case checksum
    case flags(UInt8)
    case number
    case count(UInt64)
    case constantTag(UInt8)
    case nesting
    case leftoverBytes
    case invalidCode(VerificationError)
  }

  /// The message as `load` returns it, of a chunk named as given to `load`.
  package func message(chunkName: [UInt8]) -> [UInt8] {
    let name: [UInt8] =
      switch chunkName.first {
      case 0x40, 0x3D: Array(chunkName.dropFirst())
      case 0x1B: Array("binary string".utf8)
      default: chunkName
      }
    return name + Array(": bad binary format (\(description))".utf8)
  }
}

extension ImageError: CustomStringConvertible {
  package var description: String {
    switch cause {
    case .truncated: "truncated chunk"
    case .header(let text): text
    case .version(let version): "image format \(version), expected \(ImageFormat.version)"
    case .checksum: "checksum mismatch"
    case .flags(let flags): "unknown flags \(flags) at byte \(offset)"
    case .number: "malformed number at byte \(offset)"
    case .count(let count): "\(count) elements at byte \(offset) are more than there are bytes"
    case .constantTag(let tag): "unknown constant \(tag) at byte \(offset)"
    case .nesting: "functions nested too deeply at byte \(offset)"
    case .leftoverBytes: "leftover bytes at byte \(offset)"
    case .invalidCode(let error): "invalid code, \(error)"
    }
  }
}
