// Names as small integers: equal spellings get equal symbols, numbered in order of first
// appearance, so that scopes and constant pools compare integers. Names of eight bytes or fewer,
// nearly all, are compared as one word.
//
// The table is keyed with a secret of the process, so that no text can be prepared whose names
// collide; the numbers given out do not depend on the secret.

/// The set of names of one text.
///
/// INVARIANT: `slots.count` is a power of two and at most half full; a slot holds a symbol plus
/// one, or 0; `keys` and `spans` are indexed by symbol.
package struct SymbolTable: Sendable {
  /// Where each symbol stands first in the text; well-known names stand nowhere.
  package private(set) var spans: [Span] = []
  private var keys: [UInt64] = []
  private var slots: [UInt32]
  private var shift: UInt64
  private let secret: UInt64

  private static let processSecret = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// Makes a table in which `wellKnown` have the first symbols, in their order.
  ///
  /// - Precondition: The names are different and of at most eight bytes.
  package init(wellKnown: [[UInt8]]) {
    secret = Self.processSecret | 1
    slots = [UInt32](repeating: 0, count: 256)
    shift = 56
    for name in wellKnown {
      insert(key: Self.word(name[...]), span: Span(start: 0, end: 0))
    }
  }

  /// The symbol of the name at `range`, a new one if it is the first of its spelling.
  ///
  /// `word` has the bytes as a big-endian number, if there are at most eight.
  package mutating func symbol(at range: Range<Int>, word: UInt64, in source: [UInt8]) -> UInt32 {
    let isShort = range.count <= 8
    let key = isShort ? word : hash(of: range, in: source)
    var slot = Int(truncatingIfNeeded: mix(key) >> shift)
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      let symbol = Int(entry) - 1
      if keys[symbol] == key, isSame(symbol, range, isShort, source) { return UInt32(symbol) }
      slot = (slot + 1) & (slots.count - 1)
    }
    insert(key: key, span: Span(start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
    return UInt32(keys.count - 1)
  }

  /// A name of at most eight bytes as a big-endian number.
  package static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func isSame(_ symbol: Int, _ range: Range<Int>, _ isShort: Bool, _ source: [UInt8])
    -> Bool
  {
    let span = spans[symbol]
    if isShort { return span.byteCount <= 8 }
    return span.byteCount == range.count && source[span.range].elementsEqual(source[range])
  }

  private mutating func insert(key: UInt64, span: Span) {
    keys.append(key)
    spans.append(span)
    if keys.count * 2 > slots.count { grow() }
    place(symbol: keys.count - 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    shift -= 1
    for symbol in 0..<(keys.count - 1) { place(symbol: symbol) }
  }

  private mutating func place(symbol: Int) {
    var slot = Int(truncatingIfNeeded: mix(keys[symbol]) >> shift)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(symbol + 1)
  }

  private func mix(_ key: UInt64) -> UInt64 {
    let product = (key ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ secret << 1)
    return product.high ^ product.low
  }

  private func hash(of range: Range<Int>, in source: [UInt8]) -> UInt64 {
    var chain = UInt64(range.count)
    var word: UInt64 = 0
    var filled = 0
    for i in range {
      word = word << 8 | UInt64(source[i])
      filled += 1
      if filled == 8 {
        chain = mix(chain ^ word)
        word = 0
        filled = 0
      }
    }
    return mix(chain ^ word)
  }
}
