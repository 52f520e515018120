// The matching loop: items from left to right, and back to the youngest choice when one does not fit.

extension PatternMatcher {
  /// Matches from `offset` and `patternOffset` on.
  ///
  /// - Returns: the end of the match, `failed`, `parked` (call again to go on) or `faulty`.
  @inline(never) mutating func run() -> Int {
    let source = source
    let sourceCount = sourceCount
    let pattern = pattern
    let patternCount = patternCount
    var s = offset
    var p = patternOffset
    while true {
      budget &-= 1
      if budget < 0 {
        offset = s
        patternOffset = p
        return Self.parked
      }
      // One item; leaving this block means that it does not fit.
      item: do {
        if p >= patternCount { return s }
        let byte = pattern[p]
        var end = p &+ 1
        switch byte {
        case UInt8(ascii: "("):
          guard open(s, &p) else { return Self.faulty }
          continue
        case UInt8(ascii: ")"):
          guard close(s) else { return Self.faulty }
          p = end
          continue
        case UInt8(ascii: "$") where end == patternCount:
          if s == sourceCount { return s }
          break item
        case UInt8(ascii: "%"):
          if end == patternCount {
            fault = .endsWithEscape
            return Self.faulty
          }
          let letter = pattern[end]
          end &+= 1
          if letter == UInt8(ascii: "b") || letter == UInt8(ascii: "f")
            || letter &- UInt8(ascii: "0") <= 9
          {
            let next = special(letter, s, &p)
            if next >= 0 {
              s = next
              continue
            }
            if next == Self.faulty { return next }
            break item
          }
        case UInt8(ascii: "["):
          end = itemEnd(p)
          if end < 0 { return Self.faulty }
        default: break
        }
        // A single byte, perhaps repeated.
        let suffix = end < patternCount ? pattern[end] : 0
        switch suffix {
        case UInt8(ascii: "*"), UInt8(ascii: "+"):
          let least = suffix == UInt8(ascii: "+") ? s &+ 1 : s
          let furthest = span(byte, p, end, s)
          budget &-= (furthest &- s) &>> 3
          if furthest < least { break item }
          if end &+ 1 == patternCount { return furthest }
          if furthest > least {
            guard push(Choice.greedy, end &+ 1, next: 0, furthest, limit: least) else {
              return Self.faulty
            }
          }
          s = furthest
          p = end &+ 1
          continue
        case UInt8(ascii: "-"):
          guard push(Choice.lazy, p, next: end, s, limit: 0) else { return Self.faulty }
          p = end &+ 1
          continue
        case UInt8(ascii: "?"):
          if s < sourceCount && fits(byte, p, end, source[s]) {
            guard push(Choice.optional, end &+ 1, next: 0, s, limit: 0) else {
              return Self.faulty
            }
            s &+= 1
          }
          p = end &+ 1
          continue
        default:
          if s < sourceCount && fits(byte, p, end, source[s]) {
            s &+= 1
            p = end
            continue
          }
        }
      }
      // Back to the youngest choice.
      if depth == 0 { return Self.failed }
      guard retry(&s, &p) else { return Self.failed }
    }
  }

  /// Takes the youngest choice that is left another way.
  ///
  /// - Returns: whether there was one.
  @inline(__always) private mutating func retry(_ s: inout Int, _ p: inout Int) -> Bool {
    while depth > 0 {
      let choice = choices + ((depth &- 1) &<< 1)
      let first = choice[0].bits
      let second = choice[1].bits
      let at = Int(truncatingIfNeeded: first &>> 3 & 0x3FFF_FFFF)
      var place = Int(truncatingIfNeeded: second &>> 32)
      switch first & 7 {
      case Choice.greedy:
        let limit = Int(truncatingIfNeeded: second & 0xFFFF_FFFF)
        place &-= 1
        let literal = literal(at)
        if literal >= 0 {
          // Only places before the byte that must follow are worth a try.
          let from = place
          while place >= limit && Int(source[place]) != literal { place &-= 1 }
          budget &-= (from &- place) &>> 3
          if place < limit {
            depth &-= 1
            continue
          }
        }
        if place == limit {
          depth &-= 1
        } else {
          choice[1].bits = UInt64(truncatingIfNeeded: place) &<< 32 | second & 0xFFFF_FFFF
        }
        s = place
        p = at
        return true
      case Choice.lazy:
        let next = Int(truncatingIfNeeded: first &>> 33)
        place = lazyPlace(after: place, at, next)
        if place < 0 {
          depth &-= 1
          continue
        }
        choice[1].bits = UInt64(truncatingIfNeeded: place) &<< 32
        s = place
        p = next &+ 1
        return true
      case Choice.optional:
        depth &-= 1
        s = place
        p = at
        return true
      case Choice.opened:
        level &-= 1
        depth &-= 1
      default:
        setCapture(at, start: captureStart(at), length: Self.unfinished)
        depth &-= 1
      }
    }
    return false
  }

  /// The next place at which a lazy repetition of the item at `at` may end; -1 if there is none.
  @inline(__always)
  private mutating func lazyPlace(after start: Int, _ at: Int, _ end: Int) -> Int {
    let byte = pattern[at]
    var place = start
    let literal = literal(end &+ 1)
    if literal >= 0 {
      if byte == UInt8(ascii: ".") {
        if place >= sourceCount { return -1 }
        place &+= 1
        place &+= ByteSearch.firstByte(
          UInt8(truncatingIfNeeded: literal),
          in: source + place,
          sourceCount &- place
        )
        budget &-= (place &- start) &>> 3
        return place < sourceCount ? place : -1
      }
      if byte == UInt8(ascii: "[") { _ = set(at, end) }
      while place < sourceCount && fits(byte, at, end, source[place]) {
        place &+= 1
        if place < sourceCount && Int(source[place]) == literal {
          budget &-= (place &- start) &>> 2
          return place
        }
      }
      budget &-= (place &- start) &>> 2
      return -1
    }
    if place < sourceCount && fits(byte, at, end, source[place]) { return place &+ 1 }
    return -1
  }

  /// The byte that must stand where the pattern goes on at `p`; -1 if more than one can.
  @inline(__always) private func literal(_ p: Int) -> Int {
    if p >= patternCount { return -1 }
    let byte = pattern[p]
    if ByteSearch.isMagic(byte) { return -1 }
    if p &+ 1 < patternCount {
      let suffix = pattern[p &+ 1]
      if suffix == UInt8(ascii: "*") || suffix == UInt8(ascii: "?") || suffix == UInt8(ascii: "-") {
        return -1
      }
    }
    return Int(byte)
  }

  /// Whether the single item in `pattern[p ..< end]`, which begins with `first`, fits a byte.
  @inline(__always)
  func fits(_ first: UInt8, _ p: Int, _ end: Int, _ byte: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "."): return true
    case UInt8(ascii: "%"):
      let letter = pattern[p &+ 1]
      return ByteSet.named(letter)?.contains(byte) ?? (letter == byte)
    case UInt8(ascii: "["):
      if cachedSetOffset == p { return cachedSet.contains(byte) }
      return ByteSet.bracket(pattern, p, end, contains: byte)
    default: return first == byte
    }
  }

  /// The end of the longest run of bytes from `s` that fit a single item.
  @inline(__always)
  private mutating func span(_ first: UInt8, _ p: Int, _ end: Int, _ s: Int) -> Int {
    let source = source
    let sourceCount = sourceCount
    var place = s
    let literal: UInt8
    switch first {
    case UInt8(ascii: "."): return sourceCount
    case UInt8(ascii: "["):
      let set = set(p, end)
      while place < sourceCount && set.contains(source[place]) { place &+= 1 }
      return place
    case UInt8(ascii: "%"):
      if let set = ByteSet.named(pattern[p &+ 1]) {
        while place < sourceCount && set.contains(source[place]) { place &+= 1 }
        return place
      }
      literal = pattern[p &+ 1]
    default: literal = first
    }
    while place < sourceCount && source[place] == literal { place &+= 1 }
    return place
  }
}
