// The preprocessor: lines that begin with `#if`, `#elseif`, `#else` or `#end`. A branch that is not
// taken becomes trivia; it is read only as far as needed to find where it ends.

internal import NightjarDiagnostics

/// The directives.
enum Directive: String, CaseIterable {
  case ifLine = "#if"
  case elseifLine = "#elseif"
  case elseLine = "#else"
  case endLine = "#end"
}

/// An `#if` whose `#end` has not come.
struct OpenDirective {
  var span: Span
  /// Whether one of its branches was taken.
  var isTaken: Bool
  var hasElse = false
}

extension FuseLexer {
  /// The directive that stands here, after nothing but space on its line.
  func directiveHere() -> Directive? {
    for directive in Directive.allCases {
      let word = directive.rawValue.utf8
      if i + word.count <= source.count, source[i..<i + word.count].elementsEqual(word),
        !CharacterClass.continuesName(peek(word.count))
      {
        return directive
      }
    }
    return nil
  }

  /// Takes the directive that stands here, its line, and the branch it excludes.
  mutating func scanDirective(_ directive: Directive) {
    let start = i
    i += directive.rawValue.utf8.count
    let place = span(start, i)
    var condition = false
    switch directive {
    case .ifLine, .elseifLine: condition = scanCondition()
    case .elseLine, .endLine: expectLineEnd()
    }
    skipLine()
    if directive == .ifLine {
      directives.append(OpenDirective(span: place, isTaken: condition))
      if !condition { skipBranch() }
      return
    }
    guard var open = directives.popLast() else {
      diagnostics.append(.Fuse.strayDirective(directive.rawValue, span: place))
      return
    }
    if directive == .endLine { return }
    if open.hasElse {
      diagnostics.append(
        .Fuse.directiveAfterElse(directive.rawValue, span: place, opener: open.span)
      )
    }
    open.hasElse = open.hasElse || directive == .elseLine
    let isChosen = !open.isTaken && (condition || directive == .elseLine)
    open.isTaken = open.isTaken || isChosen
    directives.append(open)
    if !isChosen { skipBranch() }
  }

  private mutating func scanCondition() -> Bool {
    var end = i
    while end < source.count, source[end] != 10 { end += 1 }
    var condition = ConditionReader(source: source, range: i..<end, conditions: conditions)
    let isTrue = condition.read()
    diagnostics += condition.diagnostics
    return isTrue
  }

  /// Reports what follows `#else` or `#end` on its line.
  private mutating func expectLineEnd() {
    while peek(0) == 32 || peek(0) == 9 || peek(0) == 13 { i += 1 }
    if i >= source.count || source[i] == 10 { return }
    if peek(0) == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") { return }
    let start = i
    skipLine()
    var end = i
    while end > start, source[end - 1] <= 32 { end -= 1 }
    let found = Found(span: span(start, end), description: "`\(excerpt(start, end))`")
    diagnostics.append(.Fuse.unexpected("the end of the line", found: found))
  }

  // MARK: Branches not taken

  /// Moves to the directive that ends the branch, which begins after this line.
  private mutating func skipBranch() {
    var depth = 0
    var closesQuote = [true, true]
    while i < source.count {
      // Here is the end of a line or of the text.
      i += 1
      line += 1
      startsLine = true
      while i < source.count, source[i] == 32 || source[i] == 9 || source[i] == 13 { i += 1 }
      if peek(0) == UInt8(ascii: "#"), let directive = directiveHere() {
        if directive == .ifLine {
          depth += 1
        } else if depth == 0 {
          return
        } else if directive == .endLine {
          depth -= 1
        }
      }
      skipInactiveLine(&closesQuote)
    }
    i = min(i, source.count)
  }

  /// Moves to the end of a line; a string may have more than one.
  private mutating func skipInactiveLine(_ closesQuote: inout [Bool]) {
    while i < source.count, source[i] != 10 {
      let byte = source[i]
      if byte == UInt8(ascii: "-"), peek(1) == byte { return skipLine() }
      i += 1
      if !isQuote(byte) { continue }
      let kind = byte == UInt8(ascii: "'") ? 0 : 1
      if !closesQuote[kind] { continue }
      if let end = inactiveStringEnd(byte) {
        for passed in source[i..<end] where passed == 10 { line += 1 }
        i = end
      } else {
        closesQuote[kind] = false
      }
    }
  }

  /// Where the string ends whose opening quote was passed, if it has an end.
  private func inactiveStringEnd(_ quote: UInt8) -> Int? {
    var end = i
    while end < source.count {
      if source[end] == quote { return end + 1 }
      end += source[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
