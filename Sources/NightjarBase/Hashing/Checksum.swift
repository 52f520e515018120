// A checksum against accidents: a file cut, mixed up or mangled on its way. It keeps nobody out who
// wants in; what comes from outside is verified all the same.

/// A running 64-bit checksum of bytes: FNV-1a.
///
/// Each step is a bijection of the state, so a single changed byte always shows.
///
/// SOURCE: G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash Algorithm".
package struct Checksum: Sendable {
  /// The checksum of the bytes so far.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  /// Adds bytes.
  package mutating func add(_ bytes: ArraySlice<UInt8>) {
    var sum = value
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    value = sum
  }
}
