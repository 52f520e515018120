// From bytes to tokens, all of a text at once. Nothing stops the lexer: a broken literal becomes a
// token marked as broken and a diagnostic, a character that means nothing an `invalid` token.
//
// The pieces: +Strings and +Escapes, +Numbers, +Brackets (which closing bracket belongs to which
// opening one), +Directives (the preprocessor).
//
// SOURCE: Fuse reference, section 2.

internal import NightjarDiagnostics

/// Reads a text into tokens.
struct FuseLexer {
  let source: [UInt8]
  let conditions: FuseConditions
  var tokens: [FuseToken] = []
  var numbers: [Double] = []
  var symbols = SymbolTable(wellKnown: FuseWord.spellings)
  var diagnostics: [Diagnostic] = []
  /// The next byte to read.
  var i = 0
  var line: UInt32 = 1
  /// Whether no token of this line has been read.
  var startsLine = true
  /// Strings whose interpolations are being read, innermost last.
  var openStrings: [OpenString] = []
  var brackets = BracketStack()
  var directives: [OpenDirective] = []
  /// Where strings begin that end at the end of their line because their quote is missing.
  let cuts: [Int: StringCut]
  /// A string, or part of one, that has more than one line and ends in the middle of a word: the
  /// first such may be the one that lacks its quote.
  var suspect: Int?
  /// What to do differently, if the text ends inside a string.
  var wantedCut: (start: Int, cut: StringCut)?
  /// For either quote, so many hashes and more close nothing in the rest of the text.
  var unclosedRawHashes = [Int.max, Int.max]
  /// Levels of block comments that have no end in the rest of the text.
  var unclosedCommentLevels: Set<Int> = []

  init(source: [UInt8], conditions: FuseConditions, cuts: [Int: StringCut] = [:]) {
    self.source = source
    self.conditions = conditions
    self.cuts = cuts
    tokens.reserveCapacity(source.count / 4 + 2)
  }

  /// The most strings without closing quote that are found in one text.
  private static let cutCountMax = 16

  /// Reads a text.
  ///
  /// A missing quote turns all strings after it inside out. So when the text ends inside a string,
  /// it is read again with the likeliest culprit cut at the end of its line. With `cutsSuspects`
  /// one is cut even if all strings have an end.
  static func read(
    _ source: [UInt8],
    _ conditions: FuseConditions,
    cutsSuspects: Bool = false
  ) -> FuseLexer {
    var cuts: [Int: StringCut] = [:]
    while true {
      var lexer = FuseLexer(source: source, conditions: conditions, cuts: cuts)
      lexer.run()
      if cutsSuspects, lexer.wantedCut == nil, let suspect = lexer.suspect {
        lexer.wantedCut = (suspect, .string)
      }
      guard let wanted = lexer.wantedCut, cuts[wanted.start] == nil,
        cuts.count < cutCountMax
      else { return lexer }
      cuts[wanted.start] = wanted.cut
    }
  }

  /// Reads everything; call once.
  mutating func run() {
    checkEncoding()
    skipFilePrefix()
    while i < source.count {
      let byte = source[i]
      if byte == 32 || byte == 9 || byte == 13 {
        i += 1
      } else if byte == 10 {
        takeLineEnd()
      } else if CharacterClass.startsName(byte) {
        scanWord(byte)
      } else {
        scanOther(byte)
      }
    }
    finish()
  }

  private mutating func finish() {
    if let open = openStrings.first, wantedCut == nil {
      wantedCut = (suspect ?? open.head, suspect == nil ? .interpolation : .string)
      diagnostics.append(
        .Fuse.unterminatedInterpolation(
          opener: Span(start: UInt32(open.interpolation), end: UInt32(open.interpolation + 2)),
          string: Span(start: UInt32(open.head), end: UInt32(open.head + 1))
        )
      )
    }
    for directive in directives {
      diagnostics.append(.Fuse.unclosedDirective("#if", span: directive.span))
    }
    startsLine = true
    push(.endOfFile, from: i)
  }

  // MARK: Bytes

  /// The byte `offset` after the next, or 0 at the end; 0 is no part of any token.
  @inline(__always)
  func peek(_ offset: Int) -> UInt8 {
    i + offset < source.count ? source[i + offset] : 0
  }

  /// Takes a `\n`.
  @inline(__always)
  mutating func takeLineEnd() {
    i += 1
    line += 1
    startsLine = true
  }

  /// Adds the token from `start` up to the next byte, on the present line.
  @inline(__always)
  mutating func push(
    _ kind: FuseTokenKind,
    from start: Int,
    flags: FuseToken.Flags = [],
    payload: UInt32 = 0
  ) {
    push(kind, from: start, line: line, flags: flags, payload: payload)
  }

  /// Adds the token from `start` up to the next byte.
  mutating func push(
    _ kind: FuseTokenKind,
    from start: Int,
    line: UInt32,
    flags: FuseToken.Flags,
    payload: UInt32
  ) {
    var flags = flags
    if startsLine {
      flags.insert(.startsLine)
      startsLine = false
    } else if let last = tokens.last, Int(last.end) == start {
      flags.insert(.isAttached)
    }
    tokens.append(
      FuseToken(
        kind: kind,
        flags: flags,
        start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: i),
        line: line,
        payload: payload
      )
    )
  }

  /// Takes `count` bytes as a token.
  @inline(__always)
  mutating func take(_ kind: FuseTokenKind, _ count: Int) {
    let start = i
    i += count
    push(kind, from: start)
  }

  func span(_ start: Int, _ end: Int) -> Span {
    Span(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// A stretch of the text for a message, shortened if it is long.
  func excerpt(_ start: Int, _ end: Int) -> String {
    if end - start <= 40 { return String(decoding: source[start..<end], as: UTF8.self) }
    return String(decoding: source[start..<start + 37], as: UTF8.self) + "…"
  }

  // MARK: The whole file

  /// Reports the first byte that is not UTF-8.
  private mutating func checkEncoding() {
    guard let offset = UTF8Check.firstInvalid(source, in: 0..<source.count) else { return }
    diagnostics.append(.Fuse.invalidUTF8(at: offset, span: span(offset, offset + 1)))
  }

  /// Skips a byte order mark and a line `#!`.
  private mutating func skipFilePrefix() {
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { i = 3 }
    if peek(0) == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") { skipLine() }
  }

  /// Moves to the end of the line.
  @inline(__always)
  mutating func skipLine() {
    while i < source.count, source[i] != 10 { i += 1 }
  }

  // MARK: Words

  /// Takes a name, a keyword, or a string with a letter before it.
  private mutating func scanWord(_ first: UInt8) {
    if first == UInt8(ascii: "r") || first == UInt8(ascii: "u"), scanPrefixed(first) { return }
    let start = i
    var word: UInt64 = 0
    while i < source.count {
      let byte = source[i]
      if !CharacterClass.continuesName(byte) { break }
      word = word << 8 | UInt64(byte)
      i += 1
    }
    let symbol = symbols.symbol(at: start..<i, word: word, in: source)
    if symbol < 60, !followsDot {
      let kind = FuseTokenKind(rawValue: UInt8(truncatingIfNeeded: symbol)) ?? .reservedWord
      push(kind.isKeyword ? kind : .reservedWord, from: start, payload: symbol)
      return
    }
    pushName(from: start, nameStart: start, symbol: symbol)
  }

  /// Whether the next word is read as a name: directly after `.` or `::` on the same line.
  private var followsDot: Bool {
    guard !startsLine, let last = tokens.last else { return false }
    return last.kind == .dot || last.kind == .doubleColon
  }

  private mutating func pushName(from start: Int, nameStart: Int, symbol: UInt32) {
    let first = source[nameStart]
    if first == UInt8(ascii: "_") {
      if i - nameStart == 1 {
        push(.underscore, from: start)
        return
      }
      if source[nameStart + 1] == first { noteReservedName(nameStart, symbol) }
    } else if i - nameStart == 9, nameStart == start, !followsDot,
      source[nameStart..<i].elementsEqual("satisfies".utf8)
    {
      push(.reservedWord, from: start, payload: symbol)
      return
    }
    push(.name, from: start, payload: symbol)
  }

  /// Warns of a name with two underscores where it stands first; members are the library's matter.
  private mutating func noteReservedName(_ start: Int, _ symbol: UInt32) {
    if followsDot || symbols.spans[Int(symbol)].start != UInt32(start) { return }
    diagnostics.append(.Fuse.reservedName(excerpt(start, i), span: span(start, i)))
  }

  /// Takes `u"…"`, `r"…"`, `r#"…"#`, `ur"…"` or `r#name`; false if none of them stands here.
  private mutating func scanPrefixed(_ first: UInt8) -> Bool {
    var offset = 1
    var flags: FuseToken.Flags = []
    if first == UInt8(ascii: "u") {
      flags.insert(.isUnicode)
      if isQuote(peek(1)) {
        scanString(prefix: 1, flags: flags)
        return true
      }
      if peek(1) != UInt8(ascii: "r") { return false }
      offset = 2
    }
    var hashes = 0
    while peek(offset + hashes) == UInt8(ascii: "#") { hashes += 1 }
    if isQuote(peek(offset + hashes)) {
      scanRawString(prefix: offset, hashes: hashes, flags: flags.union(.isRaw))
      return true
    }
    if hashes == 1, offset == 1, first == UInt8(ascii: "r"), CharacterClass.startsName(peek(2)) {
      scanRawName()
      return true
    }
    return false
  }

  @inline(__always)
  func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  private mutating func scanRawName() {
    let start = i
    i += 2
    var word: UInt64 = 0
    while i < source.count, CharacterClass.continuesName(source[i]) {
      word = word << 8 | UInt64(source[i])
      i += 1
    }
    let symbol = symbols.symbol(at: start + 2..<i, word: word, in: source)
    pushName(from: start, nameStart: start + 2, symbol: symbol)
  }
}
