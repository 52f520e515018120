// The names and strings of a file of Lua, each once. A file asks for a text at almost every node, so
// the table does what a dictionary does without making an array to ask with.
//
// INVARIANT: `places` has a power of two elements, at least a third of them free; each is 0 or the
// number of a text plus 1, and a text stands at or after the place of its hash, with no gap between.

/// Texts by number.
struct TextTable {
  private(set) var texts: [[UInt8]] = []
  private var hashes: [UInt64] = []
  private var places = [Int32](repeating: 0, count: 256)
  /// Differs from run to run, so that nobody can write names that all hash alike.
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// The number of a text.
  mutating func number(of bytes: some Collection<UInt8>) -> Int32 {
    var hash = seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 32
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if hashes[number] == hash, texts[number].elementsEqual(bytes) {
        return Int32(truncatingIfNeeded: number)
      }
      place = (place + 1) & mask
    }
    texts.append(Array(bytes))
    hashes.append(hash)
    places[place] = Int32(truncatingIfNeeded: texts.count)
    if texts.count * 3 > places.count * 2 { grow() }
    return Int32(truncatingIfNeeded: texts.count - 1)
  }

  private mutating func grow() {
    places = [Int32](repeating: 0, count: places.count * 2)
    let mask = places.count - 1
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = Int32(truncatingIfNeeded: number + 1)
    }
  }
}
