// Patterns. SOURCE: Fuse reference, section 3.5.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads a pattern: alternatives between `or`.
  @inline(never)
  mutating func pattern() -> NodeID {
    if !enter() { return .none }
    defer { leave() }
    var left = andPattern()
    while kind == .orKeyword, !isQuiet {
      let sign = position
      advance()
      let right = andPattern()
      left = add(.orPattern, first(left), sign, left.rawValue, right.rawValue)
    }
    return left
  }

  private mutating func andPattern() -> NodeID {
    var left = castPattern()
    while kind == .andKeyword, !isQuiet {
      let sign = position
      advance()
      let right = castPattern()
      left = add(.andPattern, first(left), sign, left.rawValue, right.rawValue)
    }
    return left
  }

  private mutating func castPattern() -> NodeID {
    let pattern = primaryPattern()
    if kind != .asKeyword || isQuiet { return pattern }
    let sign = position
    advance()
    let type = suffixType()
    return add(.castPattern, first(pattern), sign, pattern.rawValue, type.rawValue)
  }

  /// Reads a pattern without `or`, `and` and `as`.
  @inline(never)
  mutating func primaryPattern() -> NodeID {
    switch kind {
    case .underscore: return addLeaf(.wildcard)
    case .mutKeyword: return mutableBinding()
    case .name: return namedPattern()
    case .selfTypeKeyword: return pathPattern(path(isType: false))
    case .nilKeyword, .trueKeyword, .falseKeyword, .number, .string:
      return addLeaf(.literalPattern)
    case .minus where kindAfter() == .number:
      let sign = position
      advance()
      advance()
      return add(.literalPattern, sign, position - 1, detail: 1)
    case .inKeyword: return rangePattern()
    case .leftBrace: return tablePattern(.none)
    case .leftParen: return tuplePattern()
    case .leftBracket: return arrayPattern()
    case .spliceName, .spliceList, .spliceParen: return splice()
    case .stringHead:
      return missing("a pattern", hint: "A pattern is a plain string without interpolation.")
    default:
      if isReserved(kind), !startsLine, endsBinding(kindAfter()) {
        noteReserved()
        return addLeaf(.binding)
      }
      return missing("a pattern")
    }
  }

  /// Whether a token can follow a variable that is declared.
  private func endsBinding(_ kind: FuseTokenKind) -> Bool {
    kind == .equal || kind == .colon || kind == .comma || kind == .inKeyword
      || kind == .rightParen
  }

  private mutating func mutableBinding() -> NodeID {
    let start = position
    advance()
    let name = expectName("a name")
    return add(.binding, start, name == 0 ? start : Int(name), detail: 1)
  }

  /// Reads what begins with a name: a binding, a variant, a constant, the fields of a struct.
  @inline(__always)
  private mutating func namedPattern() -> NodeID {
    let start = position
    let next = kindAfter()
    let byte = source[Int(tokens[start].start)]
    let isLowercase = byte == UInt8(ascii: "_") || byte >= UInt8(ascii: "a")
    if isLowercase, next != .doubleColon, next != .leftParen, next != .leftBrace, next != .less {
      return addLeaf(.binding)
    }
    let path = path(isType: false)
    let isBinding = isLowercase && kind(of: path) == .name
    if isBinding, (kind != .leftParen && kind != .leftBrace) || !mayContinue {
      nodes[Int(path.rawValue)].kind = .binding
      return path
    }
    return pathPattern(path)
  }

  /// Reads what may follow the path of a variant or struct.
  @inline(never)
  private mutating func pathPattern(_ path: NodeID) -> NodeID {
    if !mayContinue || isQuiet { return path }
    switch kind {
    case .leftBrace: return tablePattern(path)
    case .leftParen:
      let opener = position
      let mark = scratch.count
      _ = patternItems()
      let list = makeList(from: mark)
      return add(.variantPattern, first(path), opener, path.rawValue, list)
    default: return path
    }
  }

  private mutating func rangePattern() -> NodeID {
    let word = position
    advance()
    let low = binaryExpression(Precedence.range)
    _ = isQuiet || expect(.dotDot)
    let high = isQuiet ? .none : binaryExpression(Precedence.range)
    return add(.rangePattern, word, word, low.rawValue, high.rawValue)
  }

  // MARK: Brackets

  /// Reads patterns in parentheses, each perhaps with a name; whether there is a comma.
  private mutating func patternItems() -> Bool {
    let opener = position
    let outer = ignoresLines
    ignoresLines = true
    advance()
    var hasComma = false
    while kind != .rightParen, !isQuiet, !abandons(opener) {
      push(patternItem())
      if !take(.comma) { break }
      hasComma = true
    }
    ignoresLines = outer
    expectClose(.rightParen, of: opener)
    return hasComma
  }

  private mutating func patternItem() -> NodeID {
    guard kindAfter() == .colon, kind == .name || isReserved(kind) else { return pattern() }
    let name = position
    if kind != .name { noteReserved() }
    advance()
    advance()
    let pattern = pattern()
    return add(.namedItem, name, name, pattern.rawValue)
  }

  @inline(never)
  private mutating func tuplePattern() -> NodeID {
    let opener = position
    let mark = scratch.count
    let hasComma = patternItems()
    if !hasComma, scratch.count == mark + 1, let only = scratch.last,
      kind(of: NodeID(only)) != .namedItem
    {
      scratch.removeLast()
      return add(.parenthesizedPattern, opener, opener, only)
    }
    let list = makeList(from: mark)
    return add(.tuplePattern, opener, opener, list)
  }

  @inline(never)
  private mutating func tablePattern(_ path: NodeID) -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBrace) { $0.fieldPattern() }
    let start = path.isPresent ? first(path) : opener
    return add(.tablePattern, start, opener, path.rawValue, list)
  }

  private mutating func fieldPattern() -> NodeID {
    let start = position
    if kind == .leftBracket {
      advance()
      let key = expression()
      expectClose(.rightBracket, of: start)
      _ = isQuiet || expect(.colon)
      let value = isQuiet ? .none : pattern()
      return add(.keyedItem, start, start, key.rawValue, value.rawValue)
    }
    if kindAfter() == .colon, kind == .name || kind == .string || isReserved(kind) {
      if isReserved(kind) { noteReserved() }
      advance()
      advance()
      let value = pattern()
      return add(.namedItem, start, start, value.rawValue)
    }
    if kind == .mutKeyword { return mutableBinding() }
    if expectName("a field") == 0 { return add(.missing, start, start) }
    return add(.binding, start, start)
  }

  @inline(never)
  private mutating func arrayPattern() -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBracket) {
      $0.kind == .ellipsis ? $0.restPattern() : $0.pattern()
    }
    return add(.arrayPattern, opener, opener, list)
  }

  private mutating func restPattern() -> NodeID {
    let sign = position
    advance()
    let isMutable = take(.mutKeyword)
    var name: Int32 = 0
    if kind == .name {
      name = id(position)
      advance()
    } else if isMutable {
      fail("a name")
    }
    return add(.restPattern, sign, sign, name, detail: isMutable ? 1 : 0)
  }
}
