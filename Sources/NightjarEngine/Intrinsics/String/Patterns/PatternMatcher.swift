// The pattern matcher: backtracking over bytes without recursion. All it knows lies in slots of the
// native that runs it and in four numbers, so a match that takes too long can be left at any step and
// taken up again: a hostile pattern burns fuel, not the thread.
//
//   cells ─→ │ capture 0 │ … │ capture n-1 │ choice 0 │ choice 1 │ … │
//
//   capture: │ start (32) │ length (32), `unfinished` or `positionCapture` │
//   choice:  │ pattern offset (30) │ next pattern offset (30) │ kind (3) │, │ offset (32) │ limit (32) │
//
// A pattern has no loops but those of single items, so every item has at most one choice pending and
// the choices never outnumber the pattern's bytes.
// SOURCE: manual §6.4.1.

internal import NightjarBase

/// A match in progress.
///
/// INVARIANT: source and pattern outlive the matcher (they stand in slots); `cells` has room for
/// `cellCount` values; `captures[0 ..< level]` and `choices[0 ..< 2 * depth]` are initialised.
struct PatternMatcher {
  let source: UnsafePointer<UInt8>
  let sourceCount: Int
  let pattern: UnsafePointer<UInt8>
  let patternCount: Int
  let captures: Slots
  let choices: Slots
  /// Captures begun.
  var level = 0
  /// Choices pending.
  var depth = 0
  /// The most there may be.
  let depthMax: Int
  /// Where to go on, in source and pattern.
  var offset = 0
  var patternOffset = 0
  /// Steps left before the match is left for the loop to look at fuel.
  var budget: Int
  var fault = Fault.none
  var faultIndex = 0
  var filter = Filter.unknown
  var filterByte: UInt8 = 0
  var filterSet = ByteSet()
  /// The pattern offset of the bracket set that was built last, and the set.
  var cachedSetOffset = -1
  var cachedSet = ByteSet()

  /// Steps between two looks at fuel.
  ///
  /// One step is an item tried or eight bytes passed over.
  static var sliceStepCount: Int { 100_000 }
  /// The most choices pending, as the reference bounds its recursion; where it does not, the pattern's
  /// length is the bound.
  static var choiceCountMax: Int { 199 }
  static var captureCountMax: Int { 32 }

  // What `run` answers when there is no end of a match.
  static var failed: Int { -1 }
  static var parked: Int { -2 }
  static var faulty: Int { -3 }

  // Lengths of captures that have no length.
  static var unfinished: Int32 { -1 }
  static var positionCapture: Int32 { -2 }

  /// What is wrong with a pattern.
  enum Fault: UInt8 {
    case none, endsWithEscape, missingBracket, missingBalance, missingFrontier
    case tooManyCaptures, tooComplex, captureIndex, patternCapture
  }

  /// What the first byte of any match must be.
  enum Filter: UInt8 {
    case unknown, none, byte, set
  }

  /// Why a choice is pending.
  enum Choice {
    /// Give back one byte of a greedy repetition.
    static var greedy: UInt64 { 0 }
    /// Take one more byte for a lazy repetition.
    static var lazy: UInt64 { 1 }
    /// Go on without the optional byte.
    static var optional: UInt64 { 2 }
    /// Take back the beginning of a capture.
    static var opened: UInt64 { 3 }
    /// Take back the end of a capture.
    static var closed: UInt64 { 4 }
  }

  /// Slots a matcher of a pattern needs.
  @inline(__always) static func cellCount(_ patternCount: Int, in call: NativeCall) -> Int {
    captureCapacity(patternCount) &+ 2 &* choiceCapacity(patternCount, in: call)
  }

  @inline(__always)
  private static func choiceCapacity(_ patternCount: Int, in call: NativeCall) -> Int {
    if patternCount <= choiceCountMax { return patternCount }
    return call.follows(.patternsAreBounded) ? choiceCountMax : patternCount
  }

  @inline(__always) static func captureCapacity(_ patternCount: Int) -> Int {
    Swift.min(patternCount, captureCountMax)
  }

  @inline(__always)
  init(
    _ source: StringRef,
    _ pattern: StringRef,
    skipping anchor: Int,
    cells: Slots,
    in call: NativeCall
  ) {
    self.source = UnsafePointer(source.bytes)
    sourceCount = source.count
    self.pattern = UnsafePointer(pattern.bytes) + anchor
    patternCount = pattern.count &- anchor
    captures = cells
    choices = cells + Self.captureCapacity(pattern.count &- anchor)
    budget = Self.sliceStepCount
    depthMax = Swift.max(
      Self.choiceCapacity(pattern.count &- anchor, in: call),
      Self.choiceCountMax
    )
  }

  // MARK: Captures

  @inline(__always) func captureStart(_ index: Int) -> Int {
    Int(truncatingIfNeeded: captures[index].bits &>> 32)
  }

  @inline(__always) func captureLength(_ index: Int) -> Int32 {
    Int32(truncatingIfNeeded: captures[index].bits)
  }

  @inline(__always) func setCapture(_ index: Int, start: Int, length: Int32) {
    captures[index] = Value(
      bits: UInt64(truncatingIfNeeded: start) &<< 32 | UInt64(UInt32(bitPattern: length)),
      tag: .integer
    )
  }

  // MARK: Choices

  @inline(__always)
  mutating func push(_ kind: UInt64, _ at: Int, next: Int, _ offset: Int, limit: Int) -> Bool {
    if depth == depthMax {
      fault = .tooComplex
      return false
    }
    let choice = choices + (depth &<< 1)
    choice[0] = Value(
      bits: kind | UInt64(truncatingIfNeeded: at) &<< 3
        | UInt64(truncatingIfNeeded: next) &<< 33,
      tag: .integer
    )
    choice[1] = Value(
      bits: UInt64(truncatingIfNeeded: offset) &<< 32 | UInt64(truncatingIfNeeded: limit),
      tag: .integer
    )
    depth &+= 1
    return true
  }

  // MARK: Searching

  /// Tries the pattern at `start` alone.
  ///
  /// - Returns: the end of the match, `failed`, `parked` or `faulty`.
  @inline(__always) mutating func match(at start: Int) -> Int {
    level = 0
    depth = 0
    offset = start
    patternOffset = 0
    return run()
  }

  /// Tries the pattern at `start` and every later place.
  ///
  /// When a match stands parked, `run` first takes that one up.
  ///
  /// - Parameters:
  ///   - start: Where to begin.
  ///   - anchored: Only `start` is tried.
  ///   - isResumed: `start` is the place of a parked match.
  /// - Returns: as `match(at:)`; `start` is the place of the match, or of the parked one.
  @inline(__always)
  mutating func search(from start: inout Int, anchored: Bool, isResumed: Bool = false) -> Int {
    var end = isResumed ? run() : match(at: start)
    while end == Self.failed {
      if anchored { return end }
      start = nextCandidate(from: start &+ 1)
      if start > sourceCount { return end }
      end = match(at: start)
    }
    return end
  }

  /// The first place from `start` on where a match can begin; beyond the source's end if there is
  /// none.
  @inline(__always) mutating func nextCandidate(from start: Int) -> Int {
    if filter == .none || start >= sourceCount { return start }
    return nextFilteredCandidate(from: start)
  }

  @inline(never) private mutating func nextFilteredCandidate(from start: Int) -> Int {
    if filter == .unknown { findFilter() }
    var place = start
    switch filter {
    case .byte:
      place &+= ByteSearch.firstByte(filterByte, in: source + start, sourceCount &- start)
    case .set:
      let set = filterSet
      while place < sourceCount && !set.contains(source[place]) { place &+= 1 }
    case .none, .unknown:
      return start
    }
    budget &-= (place &- start) &>> 3
    return place == sourceCount ? sourceCount &+ 1 : place
  }

  /// Finds out which bytes a match can begin with.
  ///
  /// A faulty pattern has no filter: matching says why.
  private mutating func findFilter() {
    filter = .none
    var item = 0
    while item &+ 1 < patternCount && pattern[item] == UInt8(ascii: "(") {
      item &+= pattern[item &+ 1] == UInt8(ascii: ")") ? 2 : 1
    }
    if item >= patternCount { return }
    let byte = pattern[item]
    if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ".") {
      return
    }
    if byte == UInt8(ascii: "$") && item &+ 1 == patternCount { return }
    let end = itemEnd(item)
    fault = .none
    if end < 0 { return }
    if byte == UInt8(ascii: "%") {
      let letter = pattern[item &+ 1]
      if letter == UInt8(ascii: "f") || letter &- UInt8(ascii: "0") <= 9 { return }
      if letter == UInt8(ascii: "b") {
        if item &+ 3 < patternCount {
          filter = .byte
          filterByte = pattern[item &+ 2]
        }
        return
      }
    }
    if end < patternCount {
      let suffix = pattern[end]
      if suffix == UInt8(ascii: "*") || suffix == UInt8(ascii: "?") || suffix == UInt8(ascii: "-") {
        return
      }
    }
    switch byte {
    case UInt8(ascii: "["):
      filterSet = set(item, end)
      filter = .set
    case UInt8(ascii: "%"):
      if let named = ByteSet.named(pattern[item &+ 1]) {
        filterSet = named
        filter = .set
      } else {
        filterByte = pattern[item &+ 1]
        filter = .byte
      }
    default:
      filterByte = byte
      filter = .byte
    }
  }

  /// The built set of the brackets at `item`.
  @inline(__always) mutating func set(_ item: Int, _ end: Int) -> ByteSet {
    if cachedSetOffset != item {
      budget &-= (end &- item) &>> 3
      cachedSet = ByteSet(pattern, item, end)
      cachedSetOffset = item
    }
    return cachedSet
  }
}
