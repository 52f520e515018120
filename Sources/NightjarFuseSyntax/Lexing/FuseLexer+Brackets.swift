// Which closing bracket belongs to which opening one. The parser asks this of the token: whether
// `[` in a table begins a key, whether `(` at the start of a statement holds targets, and where to
// go on after a mistake between brackets.

/// The brackets that are open.
struct BracketStack {
  /// The tokens of the brackets, innermost last.
  var tokens: [Int] = []
  /// How many of each shape are open: round, square, curly.
  var counts = BracketCounts()
}

/// How many brackets of each shape are open.
struct BracketCounts {
  var round = 0
  var square = 0
  var curly = 0

  /// The count of the shape of an opening token.
  subscript(_ kind: FuseTokenKind) -> Int {
    get {
      switch kind {
      case .leftParen, .bangParen, .spliceParen: round
      case .leftBracket, .hashBracket: square
      default: curly
      }
    }
    set {
      switch kind {
      case .leftParen, .bangParen, .spliceParen: round = newValue
      case .leftBracket, .hashBracket: square = newValue
      default: curly = newValue
      }
    }
  }
}

extension FuseLexer {
  /// Takes an opening bracket of `count` bytes.
  mutating func open(_ kind: FuseTokenKind, _ count: Int) {
    brackets.tokens.append(tokens.count)
    brackets.counts[kind] += 1
    take(kind, count)
  }

  /// Takes a closing bracket, or goes back into the string whose interpolation it ends.
  mutating func close(_ kind: FuseTokenKind) {
    let opener: FuseTokenKind =
      switch kind {
      case .rightParen: .leftParen
      case .rightBracket: .leftBracket
      default: .leftBrace
      }
    if brackets.counts[opener] == 0 {
      if kind == .rightBrace, let string = openStrings.popLast() {
        dropBrackets(to: string.bracketCount)
        brackets.counts = string.counts
        continueString(string)
      } else {
        take(kind, 1)
      }
      return
    }
    // Brackets of other shapes above it lack their partners.
    while let index = brackets.tokens.popLast() {
      let found = tokens[index].kind
      brackets.counts[found] -= 1
      if shape(found) == opener {
        tokens[index].payload = UInt32(truncatingIfNeeded: tokens.count)
        i += 1
        push(kind, from: i - 1, payload: UInt32(truncatingIfNeeded: index) + 1)
        return
      }
    }
  }

  private func shape(_ kind: FuseTokenKind) -> FuseTokenKind {
    switch kind {
    case .leftParen, .bangParen, .spliceParen: .leftParen
    case .leftBracket, .hashBracket: .leftBracket
    default: .leftBrace
    }
  }

  private mutating func dropBrackets(to count: Int) {
    brackets.tokens.removeLast(max(0, brackets.tokens.count - count))
  }
}
