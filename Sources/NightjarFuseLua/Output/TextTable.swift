// The names and strings of a file of Lua, each once. A file asks for a text at almost every node, so
// the table does what a dictionary does without making an array to ask with. The words that a name may
// not be come first: whether a text is one of them is told from its number.
//
// INVARIANT: `places` has a power of two elements, at least a third of them free; each is 0 or the
// number of a text plus 1, and a text stands at or after the place of its hash, with no gap between.
// Text n is `bytes[ends[n]..<ends[n + 1]]`.

/// Texts by number.
struct TextTable {
  private var bytes: [UInt8] = []
  private var ends: [Int32] = [0]
  private var hashes: [UInt64] = []
  private var places = [Int32](repeating: 0, count: 256)
  /// Differs from run to run, so that nobody can write names that all hash alike.
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// A table of the words that a name may not be.
  init() {
    for word in LuaWords.keywords { _ = number(of: word.utf8) }
    for word in LuaWords.globals { _ = number(of: word.utf8) }
  }

  /// How many texts there are.
  var count: Int { hashes.count }

  /// A text.
  subscript(_ number: Int32) -> ArraySlice<UInt8> {
    bytes[Int(ends[Int(number)])..<Int(ends[Int(number) + 1])]
  }

  /// The number of a text.
  mutating func number(of text: some Collection<UInt8>) -> Int32 {
    var hash = seed
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 32
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if hashes[number] == hash, isText(number, text) { return Int32(truncatingIfNeeded: number) }
      place = (place + 1) & mask
    }
    bytes.append(contentsOf: text)
    ends.append(Int32(truncatingIfNeeded: bytes.count))
    hashes.append(hash)
    places[place] = Int32(truncatingIfNeeded: hashes.count)
    if hashes.count * 3 > places.count * 2 { grow() }
    return Int32(truncatingIfNeeded: hashes.count - 1)
  }

  private func isText(_ number: Int, _ text: some Collection<UInt8>) -> Bool {
    var place = Int(ends[number])
    let end = Int(ends[number + 1])
    for byte in text {
      if place == end || bytes[place] != byte { return false }
      place += 1
    }
    return place == end
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
