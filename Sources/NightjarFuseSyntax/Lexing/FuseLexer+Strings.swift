// Strings: quoted ones with escapes and interpolations, which may have many lines, and raw ones.
//
// A string with interpolations is several tokens: `"a${` is a head, `}b${` a middle, `}c"` a tail,
// and the tokens of the expressions stand between them.

internal import NightjarDiagnostics

/// A string whose interpolation is being read.
struct OpenString {
  var quote: UInt8
  var flags: FuseToken.Flags
  /// Where the string begins.
  var head: Int
  /// Where the `${` stands.
  var interpolation: Int
  /// How many brackets were open outside, and of which shapes.
  var bracketCount: Int
  var counts: BracketCounts
}

/// Why a string ends at the end of its line.
enum StringCut {
  /// Its quote is missing.
  case string
  /// An interpolation in it has no end.
  case interpolation
}

extension FuseLexer {
  /// Takes a quoted string, or its part up to the first interpolation.
  mutating func scanString(prefix: Int, flags: FuseToken.Flags) {
    let start = i
    let quote = source[i + prefix]
    i += prefix + 1
    scanBody(start: start, head: start, quote: quote, flags: flags, isHead: true)
  }

  /// Takes the part of a string after the `}` that stands here.
  mutating func continueString(_ string: OpenString) {
    let start = i
    i += 1
    scanBody(
      start: start,
      head: string.head,
      quote: string.quote,
      flags: string.flags,
      isHead: false
    )
  }

  private mutating func scanBody(
    start: Int,
    head: Int,
    quote: UInt8,
    flags stringFlags: FuseToken.Flags,
    isHead: Bool
  ) {
    let startLine = line
    let cut = cuts[start]
    var flags = stringFlags
    var hasByteEscape = false
    while i < source.count {
      let byte = source[i]
      if byte == quote {
        i += 1
        if line != startLine, suspect == nil, endsInWord { suspect = start }
        if cut == .interpolation { noteCut(start, head, flags: &flags, cut) }
        finishPart(isHead ? .string : .stringTail, start, startLine, flags, hasByteEscape)
        return
      }
      switch byte {
      case UInt8(ascii: "\\"):
        flags.insert(.needsDecoding)
        scanEscape(flags: &flags, hasByteEscape: &hasByteEscape)
      case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{") && cut == nil:
        beginInterpolation(start, head, quote, stringFlags)
        finishPart(isHead ? .stringHead : .stringMiddle, start, startLine, flags, hasByteEscape)
        return
      case 10:
        if cut != nil {
          endAtLine(start, head, isHead, startLine, flags, cut)
          return
        }
        i += 1
        line += 1
      default:
        if byte >= 0x80 { flags.insert(.hasNonASCII) }
        i += 1
      }
    }
    if cut == nil, wantedCut == nil { wantedCut = (suspect ?? start, .string) }
    endAtLine(start, head, isHead, startLine, flags, cut)
  }

  /// Whether the closing quote just taken is followed directly by what follows no string.
  private var endsInWord: Bool {
    CharacterClass.continuesName(peek(0)) || isQuote(peek(0)) || peek(0) == UInt8(ascii: "\\")
  }

  /// Opens an interpolation; the `${` becomes part of the token.
  private mutating func beginInterpolation(
    _ start: Int,
    _ head: Int,
    _ quote: UInt8,
    _ flags: FuseToken.Flags
  ) {
    openStrings.append(
      OpenString(
        quote: quote,
        flags: flags,
        head: head,
        interpolation: i,
        bracketCount: brackets.tokens.count,
        counts: brackets.counts
      )
    )
    brackets.counts = BracketCounts()
    i += 2
  }

  private mutating func finishPart(
    _ kind: FuseTokenKind,
    _ start: Int,
    _ startLine: UInt32,
    _ flags: FuseToken.Flags,
    _ hasByteEscape: Bool
  ) {
    push(kind, from: start, line: startLine, flags: flags, payload: 0)
    guard hasByteEscape, flags.contains(.isUnicode), !flags.contains(.isBroken),
      let token = tokens.last
    else { return }
    let value = FuseStringDecoder.decode(source[FuseTree.stringContents(of: token)])
    if UTF8Check.firstInvalid(value, in: 0..<value.count) != nil {
      diagnostics.append(.Fuse.invalidUnicodeLiteral(span: token.span))
    }
  }

  /// Reports that a string has no end, and ends it here.
  private mutating func endAtLine(
    _ start: Int,
    _ head: Int,
    _ isHead: Bool,
    _ startLine: UInt32,
    _ stringFlags: FuseToken.Flags,
    _ cut: StringCut?
  ) {
    var flags = stringFlags
    noteCut(start, head, flags: &flags, cut)
    push(isHead ? .string : .stringTail, from: start, line: startLine, flags: flags, payload: 0)
  }

  private mutating func noteCut(
    _ start: Int,
    _ head: Int,
    flags: inout FuseToken.Flags,
    _ cut: StringCut?
  ) {
    flags.insert(.isBroken)
    if cut == .interpolation {
      var opener = start
      while opener + 1 < i,
        source[opener] != UInt8(ascii: "$") || source[opener + 1] != UInt8(ascii: "{")
      {
        opener += 1
      }
      diagnostics.append(
        .Fuse.unterminatedInterpolation(
          opener: span(opener, min(opener + 2, source.count)),
          string: span(start, start + 1)
        )
      )
      return
    }
    let opener = openerSpan(head)
    let quote = String(decoding: [source[Int(opener.end) - 1]], as: UTF8.self)
    diagnostics.append(.Fuse.unterminatedString(closer: quote, opener: opener))
  }

  /// The letters, hashes and the quote with which a string begins.
  private func openerSpan(_ start: Int) -> Span {
    var end = start
    while end < source.count, !isQuote(source[end]) { end += 1 }
    return span(start, min(end + 1, source.count))
  }

  // MARK: Raw strings

  /// Takes `r"…"` with as many `#` around it as given.
  mutating func scanRawString(prefix: Int, hashes: Int, flags stringFlags: FuseToken.Flags) {
    let start = i
    let startLine = line
    var flags = stringFlags
    let quote = source[i + prefix + hashes]
    i += prefix + hashes + 1
    let bodyStart = i
    let payload = UInt32(truncatingIfNeeded: hashes)
    let kind = quote == UInt8(ascii: "'") ? 0 : 1
    while i < source.count, hashes < unclosedRawHashes[kind] {
      let byte = source[i]
      if byte == quote, (0..<hashes).allSatisfy({ peek(1 + $0) == UInt8(ascii: "#") }) {
        i += 1 + hashes
        push(.string, from: start, line: startLine, flags: flags, payload: payload)
        return
      }
      if byte == 10 { line += 1 }
      if byte >= 0x80 { flags.insert(.hasNonASCII) }
      i += 1
    }
    // It is taken to end with its first line, so that the rest is read.
    unclosedRawHashes[kind] = min(unclosedRawHashes[kind], hashes)
    i = bodyStart
    line = startLine
    skipLine()
    let closer =
      String(decoding: [quote], as: UTF8.self) + String(repeating: "#", count: hashes)
    diagnostics.append(.Fuse.unterminatedString(closer: closer, opener: span(start, bodyStart)))
    flags.insert(.isBroken)
    push(.string, from: start, line: startLine, flags: flags, payload: payload)
  }
}
