// Whether `<` in an expression opens type arguments: it does if the tokens up to the matching `>`
// form types and `(`, `{` or `::` follows. Nothing is built; the parser reads the same tokens again
// as types if so.
//
// SOURCE: Fuse reference, sections 3.3 and 3.4.

/// Passes over types without building them.
struct TypeScanner {
  private let tokens: [FuseToken]
  private var index: Int
  /// How many characters of the next token have been taken as `>`.
  private var taken = 0
  private var depth = 0

  /// How deep types may nest here; deeper ones are no type arguments.
  private static let nesting = 40

  /// Where the `>` stands that closes the type arguments opened at `start`, if they are some.
  ///
  /// - Complexity: O(*n*) in the tokens up to the first that fits no type.
  static func typeArgumentsEnd(_ tokens: [FuseToken], from start: Int) -> Int? {
    var scanner = TypeScanner(tokens: tokens, index: start)
    if !scanner.arguments() || scanner.taken != 0 { return nil }
    switch scanner.kind {
    case .leftParen, .leftBrace, .doubleColon: return scanner.index - 1
    default: return nil
    }
  }

  private init(tokens: [FuseToken], index: Int) {
    self.tokens = tokens
    self.index = index
  }

  private var kind: FuseTokenKind {
    tokens[min(index, tokens.count - 1)].kind
  }

  private mutating func take(_ wanted: FuseTokenKind) -> Bool {
    if kind != wanted || taken != 0 { return false }
    index += 1
    return true
  }

  /// Takes one `>`.
  private mutating func takeAngle() -> Bool {
    let length: Int
    switch kind {
    case .greater: length = 1
    case .shiftRight: length = 2
    // What is left of these is `=`, which follows no type arguments.
    default: return false
    }
    taken += 1
    if taken == length {
      taken = 0
      index += 1
    }
    return true
  }

  private mutating func arguments() -> Bool {
    if !take(.less) { return false }
    repeat {
      if kind == .greater { break }
      if !type() { return false }
    } while take(.comma)
    return takeAngle()
  }

  private mutating func type() -> Bool {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.nesting { return false }
    _ = take(.pipe)
    repeat {
      repeat {
        if !suffixed() { return false }
      } while take(.ampersand)
    } while take(.pipe)
    return true
  }

  private mutating func suffixed() -> Bool {
    while take(.ownKeyword) {}
    if !primary() { return false }
    while taken == 0 {
      if take(.question) { continue }
      guard kind == .leftBracket else { break }
      index += 1
      if !take(.rightBracket) { return false }
    }
    return true
  }

  private mutating func primary() -> Bool {
    if taken != 0 { return false }
    switch kind {
    case .name, .selfTypeKeyword: return path()
    case .implKeyword:
      index += 1
      return path()
    case .leftParen:
      index += 1
      return items(until: .rightParen)
    case .leftBrace:
      index += 1
      return tableItems()
    case .unsafeKeyword, .asyncKeyword, .fnKeyword, .functionKeyword: return functionType()
    case .minus:
      index += 1
      return take(.number)
    case .string, .number, .trueKeyword, .falseKeyword, .unknownKeyword, .neverKeyword,
      .nilKeyword, .spliceName:
      index += 1
      return true
    default: return false
    }
  }

  private mutating func path() -> Bool {
    repeat {
      if !take(.name), !take(.selfTypeKeyword) { return false }
      if kind == .less, taken == 0, !arguments() { return false }
    } while taken == 0 && take(.doubleColon)
    return true
  }

  private mutating func functionType() -> Bool {
    let isUnsafe = kind == .unsafeKeyword
    while take(.unsafeKeyword) || take(.asyncKeyword) {}
    if !take(.fnKeyword), !take(.functionKeyword) { return isUnsafe }
    if !take(.leftParen) || !items(until: .rightParen) { return false }
    return take(.arrow) ? type() : true
  }

  /// Passes `name: T`, `mut T`, `...T`, `self` or `T` between commas, up to a bracket.
  private mutating func items(until closer: FuseTokenKind) -> Bool {
    while !take(closer) {
      _ = take(.ellipsis) || take(.mutKeyword)
      if !take(.selfKeyword) {
        if kind == .name, tokens[min(index + 1, tokens.count - 1)].kind == .colon { index += 2 }
        if !type() { return false }
      }
      if !take(.comma) { return take(closer) }
    }
    return true
  }

  private mutating func tableItems() -> Bool {
    while !take(.rightBrace) {
      if take(.leftBracket) {
        if !type() || !take(.rightBracket) { return false }
      } else {
        if !take(.name), !take(.string) { return false }
        _ = take(.question)
      }
      if !take(.colon) || !type() { return false }
      if !take(.comma) { return take(.rightBrace) }
    }
    return true
  }
}
