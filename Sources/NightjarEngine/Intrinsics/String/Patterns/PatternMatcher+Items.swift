// The rarer items of patterns: captures, balanced pairs, frontiers, back references; and how items end.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension PatternMatcher {
  /// The end of the single item at `p`; negative, with `fault` set, if it has none.
  @inline(__always) mutating func itemEnd(_ p: Int) -> Int {
    switch pattern[p] {
    case UInt8(ascii: "%"):
      if p &+ 1 < patternCount { return p &+ 2 }
      fault = .endsWithEscape
      return Self.faulty
    case UInt8(ascii: "["): return bracketEnd(p)
    default: return p &+ 1
    }
  }

  @inline(never) private mutating func bracketEnd(_ start: Int) -> Int {
    var p = start &+ 1
    if p < patternCount && pattern[p] == UInt8(ascii: "^") { p &+= 1 }
    // The first byte is a member even if it is a bracket.
    repeat {
      if p >= patternCount {
        budget &-= (p &- start) &>> 3
        fault = .missingBracket
        return Self.faulty
      }
      let byte = pattern[p]
      p &+= 1
      if byte == UInt8(ascii: "%") { p &+= 1 }
    } while p >= patternCount || pattern[p] != UInt8(ascii: "]")
    budget &-= (p &- start) &>> 3
    return p &+ 1
  }

  /// Begins a capture at the `(` at `p`, which is moved behind it.
  @inline(__always) mutating func open(_ s: Int, _ p: inout Int) -> Bool {
    if level == Self.captureCountMax {
      fault = .tooManyCaptures
      return false
    }
    if p &+ 1 < patternCount && pattern[p &+ 1] == UInt8(ascii: ")") {
      setCapture(level, start: s, length: Self.positionCapture)
      p &+= 2
    } else {
      setCapture(level, start: s, length: Self.unfinished)
      p &+= 1
    }
    level &+= 1
    return push(Choice.opened, 0, next: 0, 0, limit: 0)
  }

  /// Ends the youngest unfinished capture.
  @inline(__always) mutating func close(_ s: Int) -> Bool {
    var index = level &- 1
    while index >= 0 && captureLength(index) != Self.unfinished { index &-= 1 }
    if index < 0 {
      fault = .patternCapture
      return false
    }
    let start = captureStart(index)
    setCapture(index, start: start, length: Int32(truncatingIfNeeded: s &- start))
    return push(Choice.closed, index, next: 0, 0, limit: 0)
  }

  /// Matches `%b`, `%f` or a back reference at `p`, which is moved behind it.
  ///
  /// - Returns: where the source goes on, `failed` or `faulty`.
  @inline(never) mutating func special(_ letter: UInt8, _ s: Int, _ p: inout Int) -> Int {
    switch letter {
    case UInt8(ascii: "b"):
      if p &+ 3 >= patternCount {
        fault = .missingBalance
        return Self.faulty
      }
      let end = balanced(s, pattern[p &+ 2], pattern[p &+ 3])
      if end >= 0 { p &+= 4 }
      return end
    case UInt8(ascii: "f"):
      p &+= 2
      guard p < patternCount, pattern[p] == UInt8(ascii: "[") else {
        fault = .missingFrontier
        return Self.faulty
      }
      let end = itemEnd(p)
      if end < 0 { return end }
      // Both ends of the source count as zero bytes.
      let before = s == 0 ? 0 : source[s &- 1]
      let after = s < sourceCount ? source[s] : 0
      let set = set(p, end)
      p = end
      return !set.contains(before) && set.contains(after) ? s : Self.failed
    default:
      let index = Int(letter) &- Int(UInt8(ascii: "1"))
      if index < 0 || index >= level || captureLength(index) == Self.unfinished {
        fault = .captureIndex
        faultIndex = index &+ 1
        return Self.faulty
      }
      let length = Int(captureLength(index))
      guard length >= 0, sourceCount &- s >= length,
        memcmp(source + captureStart(index), source + s, length) == 0
      else { return Self.failed }
      budget &-= length &>> 3
      p &+= 2
      return s &+ length
    }
  }

  private mutating func balanced(_ s: Int, _ opening: UInt8, _ closing: UInt8) -> Int {
    guard s < sourceCount, source[s] == opening else { return Self.failed }
    var nesting = 1
    var place = s &+ 1
    while place < sourceCount {
      let byte = source[place]
      place &+= 1
      if byte == closing {
        nesting &-= 1
        if nesting == 0 {
          budget &-= (place &- s) &>> 3
          return place
        }
      } else if byte == opening {
        nesting &+= 1
      }
    }
    budget &-= (place &- s) &>> 3
    return Self.failed
  }

  /// What `fault` says, in the words of the reference.
  func faultMessage(in call: NativeCall) -> String {
    switch fault {
    case .missingBalance where call.follows(.balanceSaysUnbalanced): "unbalanced pattern"
    case .captureIndex where call.follows(.balanceSaysUnbalanced): "invalid capture index"
    case .none: ""
    case .endsWithEscape: "malformed pattern (ends with '%')"
    case .missingBracket: "malformed pattern (missing ']')"
    case .missingBalance: "malformed pattern (missing arguments to '%b')"
    case .missingFrontier: "missing '[' after '%f' in pattern"
    case .tooManyCaptures: "too many captures"
    case .tooComplex: "pattern too complex"
    case .captureIndex: "invalid capture index %\(faultIndex)"
    case .patternCapture: "invalid pattern capture"
    }
  }
}
