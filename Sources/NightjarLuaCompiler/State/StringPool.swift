// Numbers for all strings of a chunk: names and string literals with the same bytes have the same
// number, so that constants are compared as integers. A name's number is its symbol; literals that
// equal no name are numbered after the symbols.

internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// The strings of one chunk, by number.
struct StringPool {
  private let symbolCount: Int
  /// The bytes of each number, filled in when first asked for.
  private var values: [[UInt8]?]
  /// Open addressing over numbers + 1, 0 being free, in a power of two of slots.
  private var slots: [StringID] = []
  private var hashes: [UInt32] = []
  private var used = 0

  init(tree: TreeReader) {
    symbolCount = tree.symbolCount
    values = Array(repeating: nil, count: symbolCount)
  }

  /// The bytes of a number.
  mutating func bytes(_ id: StringID, in tree: TreeReader) -> [UInt8] {
    if let value = values[Int(id)] { return value }
    let value = Array(tree.name(ofSymbol: UInt32(id)))
    values[Int(id)] = value
    return value
  }

  /// How many bytes a number's string has.
  func byteCount(_ id: StringID, in tree: TreeReader) -> Int {
    values[Int(id)]?.count ?? tree.name(ofSymbol: UInt32(id)).count
  }

  /// The number of a string literal's value.
  mutating func intern(_ value: [UInt8], in tree: TreeReader) -> StringID {
    if slots.isEmpty { fill(from: tree) }
    let hash = unsafe value.withUnsafeBufferPointer { unsafe StringPool.hash($0) }
    var i = Int(hash) & (slots.count - 1)
    while slots[i] != 0 {
      let id = slots[i] - 1
      if hashes[i] == hash, bytes(id, in: tree) == value { return id }
      i = (i + 1) & (slots.count - 1)
    }
    let id = StringID(values.count)
    values.append(value)
    insert(id, hash: hash, at: i)
    return id
  }

  private mutating func fill(from tree: TreeReader) {
    var capacity = 64
    while capacity < symbolCount * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    hashes = Array(repeating: 0, count: capacity)
    for symbol in 0..<symbolCount {
      let hash = unsafe tree.name(ofSymbol: UInt32(symbol)).withUnsafeBufferPointer {
        unsafe StringPool.hash($0)
      }
      var i = Int(hash) & (slots.count - 1)
      while slots[i] != 0 { i = (i + 1) & (slots.count - 1) }
      insert(StringID(symbol), hash: hash, at: i)
    }
  }

  private mutating func insert(_ id: StringID, hash: UInt32, at i: Int) {
    slots[i] = id + 1
    hashes[i] = hash
    used += 1
    if used * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let (oldSlots, oldHashes) = (slots, hashes)
    slots = Array(repeating: 0, count: oldSlots.count * 2)
    hashes = Array(repeating: 0, count: oldSlots.count * 2)
    for old in oldSlots.indices where oldSlots[old] != 0 {
      var i = Int(oldHashes[old]) & (slots.count - 1)
      while slots[i] != 0 { i = (i + 1) & (slots.count - 1) }
      slots[i] = oldSlots[old]
      hashes[i] = oldHashes[old]
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var h: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<bytes.count {
      h = unsafe (h ^ UInt64(bytes[index])) &* 0x100_0000_01B3
    }
    return UInt32(truncatingIfNeeded: h ^ h >> 32)
  }
}
