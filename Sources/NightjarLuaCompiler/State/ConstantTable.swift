// The constants of one function, each once. Keys are a kind and 64 bits: strings come as numbers
// of the `StringPool`, floats as bits (0.0 and -0.0 are two constants, as are 1 and 1.0).

/// The constants of a function under construction.
struct ConstantTable {
  /// The constants in order of first use.
  private(set) var entries: [Operand] = []
  /// Open addressing over indices + 1; empty while a linear search is as good.
  private var slots: [Int32] = []

  private static let linearLimit = 8

  /// The index of a constant, added if it is new.
  mutating func index(of operand: Operand) -> Int {
    if slots.isEmpty {
      for i in entries.indices where entries[i] == operand { return i }
      entries.append(operand)
      if entries.count > ConstantTable.linearLimit { rehash(capacity: 32) }
      return entries.count - 1
    }
    var slot = ConstantTable.hash(operand) & (slots.count - 1)
    while slots[slot] != 0 {
      let i = Int(slots[slot]) - 1
      if entries[i] == operand { return i }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(operand)
    slots[slot] = Int32(entries.count)
    if entries.count * 2 > slots.count { rehash(capacity: slots.count * 2) }
    return entries.count - 1
  }

  private mutating func rehash(capacity: Int) {
    slots = Array(repeating: 0, count: capacity)
    for i in entries.indices {
      var slot = ConstantTable.hash(entries[i]) & (capacity - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(i + 1)
    }
  }

  private static func hash(_ operand: Operand) -> Int {
    var h = UInt64(bitPattern: operand.bits) &+ UInt64(operand.kind.rawValue) << 59
    h = (h ^ h >> 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: h >> 33)
  }
}
