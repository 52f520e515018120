// A set of registers in 256 bits.

/// A set of registers.
struct RegisterSet: Equatable {
  private var words: SIMD4<UInt64> = .zero

  var isEmpty: Bool { words == .zero }

  mutating func insert(_ register: UInt8) {
    words[Int(register >> 6)] |= 1 << UInt64(register & 63)
  }

  func contains(_ register: UInt8) -> Bool {
    words[Int(register >> 6)] & 1 << UInt64(register & 63) != 0
  }

  mutating func formUnion(_ other: RegisterSet) { words |= other.words }

  /// Removes a register and all above it.
  mutating func removeAll(from register: UInt8) { words &= ~RegisterSet.mask(from: register) }

  /// Whether the set has a register or one above it.
  func hasMember(from register: UInt8) -> Bool {
    words & RegisterSet.mask(from: register) != .zero
  }

  private static func mask(from register: UInt8) -> SIMD4<UInt64> {
    var mask = SIMD4<UInt64>.zero
    let first = Int(register >> 6)
    for word in first..<4 { mask[word] = .max }
    mask[first] = UInt64.max << UInt64(register & 63)
    return mask
  }
}
