// Sets of bytes as 256 bits, and the character classes of patterns. Classes are ASCII, whatever the
// host's locale: no byte from 128 on belongs to one.
// SOURCE: manual §6.4.1 (character classes).

/// A set of bytes.
struct ByteSet {
  var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  @inline(__always) init() {}

  @inline(__always) init(ascii low: UInt64, _ high: UInt64) { words = (low, high, 0, 0) }

  @inline(__always) func contains(_ byte: UInt8) -> Bool {
    let low = byte & 0x40 == 0 ? words.0 : words.1
    let high = byte & 0x40 == 0 ? words.2 : words.3
    return (byte & 0x80 == 0 ? low : high) &>> UInt64(byte & 63) & 1 != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit = 1 as UInt64 &<< UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  mutating func formUnion(_ other: ByteSet) {
    words.0 |= other.words.0
    words.1 |= other.words.1
    words.2 |= other.words.2
    words.3 |= other.words.3
  }

  mutating func complement() {
    words = (~words.0, ~words.1, ~words.2, ~words.3)
  }

  /// The class that `%letter` names; nil when the letter stands for itself.
  @inline(__always) static func named(_ letter: UInt8) -> ByteSet? {
    var set: ByteSet
    switch letter | 0x20 {
    case UInt8(ascii: "a"): set = ByteSet(ascii: 0, 0x07FF_FFFE_07FF_FFFE)
    case UInt8(ascii: "c"): set = ByteSet(ascii: 0xFFFF_FFFF, 1 << 63)
    case UInt8(ascii: "d"): set = ByteSet(ascii: 0x03FF_0000_0000_0000, 0)
    case UInt8(ascii: "g"): set = ByteSet(ascii: 0xFFFF_FFFE_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    case UInt8(ascii: "l"): set = ByteSet(ascii: 0, 0x07FF_FFFE_0000_0000)
    case UInt8(ascii: "p"): set = ByteSet(ascii: 0xFC00_FFFE_0000_0000, 0x7800_0001_F800_0001)
    case UInt8(ascii: "s"): set = ByteSet(ascii: 0x0000_0001_0000_3E00, 0)
    case UInt8(ascii: "u"): set = ByteSet(ascii: 0, 0x0000_0000_07FF_FFFE)
    case UInt8(ascii: "w"): set = ByteSet(ascii: 0x03FF_0000_0000_0000, 0x07FF_FFFE_07FF_FFFE)
    case UInt8(ascii: "x"): set = ByteSet(ascii: 0x03FF_0000_0000_0000, 0x0000_007E_0000_007E)
    case UInt8(ascii: "z"): set = ByteSet(ascii: 1, 0)
    default: return nil
    }
    // An upper-case letter names the complement.
    guard letter & 0x20 == 0 else { return set }
    // Only letters have such a partner: `%!` and the like came out above.
    set.complement()
    return set
  }

  /// The set `[…]` that stands in `pattern[start ..< end]`, brackets included.
  @inline(never)
  init(_ pattern: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
    var position = start &+ 1
    let last = end &- 1
    let isComplement = position < last && pattern[position] == UInt8(ascii: "^")
    if isComplement { position &+= 1 }
    while position < last {
      let byte = pattern[position]
      if byte == UInt8(ascii: "%") {
        let letter = pattern[position &+ 1]
        if let named = ByteSet.named(letter) { formUnion(named) } else { insert(letter) }
        position &+= 2
      } else if position &+ 2 < last && pattern[position &+ 1] == UInt8(ascii: "-") {
        var member = Int(byte)
        while member <= Int(pattern[position &+ 2]) {
          insert(UInt8(truncatingIfNeeded: member))
          member &+= 1
        }
        position &+= 3
      } else {
        insert(byte)
        position &+= 1
      }
    }
    if isComplement { complement() }
  }

  /// Whether `[…]` in `pattern[start ..< end]` contains a byte: quicker than building the set when
  /// only one byte is asked for.
  @inline(never)
  static func bracket(
    _ pattern: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int,
    contains byte: UInt8
  ) -> Bool {
    var position = start &+ 1
    let last = end &- 1
    let isComplement = position < last && pattern[position] == UInt8(ascii: "^")
    if isComplement { position &+= 1 }
    while position < last {
      let member = pattern[position]
      if member == UInt8(ascii: "%") {
        let letter = pattern[position &+ 1]
        if ByteSet.named(letter)?.contains(byte) ?? (letter == byte) { return !isComplement }
        position &+= 2
      } else if position &+ 2 < last && pattern[position &+ 1] == UInt8(ascii: "-") {
        if member <= byte && byte <= pattern[position &+ 2] { return !isComplement }
        position &+= 3
      } else {
        if member == byte { return !isComplement }
        position &+= 1
      }
    }
    return isComplement
  }
}
