// Types. SOURCE: Fuse reference, section 3.3.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads a type: alternatives between `|`.
  @inline(never)
  mutating func type() -> NodeID {
    if !enter() { return .none }
    defer { leave() }
    let start = position
    _ = take(.pipe)
    let first = intersectionType()
    if kind != .pipe || isQuiet { return first }
    let sign = position
    let mark = scratch.count
    push(first)
    while !isQuiet, take(.pipe) { push(intersectionType()) }
    let list = makeList(from: mark)
    return add(.unionType, start, sign, list)
  }

  @inline(never)
  private mutating func intersectionType() -> NodeID {
    let start = position
    let first = suffixType()
    if kind != .ampersand || isQuiet { return first }
    let sign = position
    let mark = scratch.count
    push(first)
    while !isQuiet, take(.ampersand) { push(suffixType()) }
    let list = makeList(from: mark)
    return add(.intersectionType, start, sign, list)
  }

  /// Reads a type with `[]` and `?` after it.
  @inline(never)
  mutating func suffixType() -> NodeID {
    if !enter() { return .none }
    defer { leave() }
    var type = primaryType()
    while !isQuiet {
      let sign = position
      if kind == .question {
        advance()
        type = add(.optionalType, first(type), sign, type.rawValue)
      } else if kind == .leftBracket, kindAfter() == .rightBracket, mayContinue {
        advance()
        advance()
        type = add(.arrayType, first(type), sign, type.rawValue)
      } else {
        break
      }
    }
    return type
  }

  @inline(never)
  private mutating func primaryType() -> NodeID {
    switch kind {
    case .name, .selfTypeKeyword: return path(isType: true)
    case .leftParen: return tupleType()
    case .leftBrace: return tableType()
    case .fnKeyword, .functionKeyword: return functionType()
    case .unsafeKeyword, .asyncKeyword:
      if opensFunctionType { return functionType() }
      if kind == .unsafeKeyword { return addLeaf(.unsafeType) }
      return missing("a type")
    case .string, .number, .trueKeyword, .falseKeyword: return addLeaf(.literalType)
    case .minus where kindAfter() == .number:
      let sign = position
      advance()
      advance()
      return add(.literalType, sign, position - 1, detail: 1)
    case .implKeyword: return prefixedType(.implType)
    case .ownKeyword: return prefixedType(.ownType)
    case .unknownKeyword: return addLeaf(.unknownType)
    case .neverKeyword: return addLeaf(.neverType)
    case .nilKeyword: return addLeaf(.nilType)
    case .spliceName, .spliceList, .spliceParen: return splice()
    default: return missing("a type")
    }
  }

  private mutating func prefixedType(_ node: FuseNodeKind) -> NodeID {
    let word = position
    advance()
    let type: NodeID
    if node == .ownType {
      type = suffixType()
    } else if kind == .name || kind == .selfTypeKeyword {
      type = path(isType: true)
    } else {
      type = missing("the name of a trait")
    }
    return add(node, word, word, type.rawValue)
  }

  // MARK: Type arguments

  /// Reads `<T, U>`.
  @inline(never)
  mutating func typeArguments(closingAt end: Int? = nil) -> Int32 {
    let opener = position
    advance()
    let mark = scratch.count
    while kind != .greater, !isQuiet {
      push(type())
      if !take(.comma) { break }
    }
    expectAngle(of: opener)
    return makeList(from: mark)
  }

  /// Takes a `>`, which may be the first character of a longer token.
  @inline(never)
  mutating func expectAngle(of opener: Int) {
    switch kind {
    case .greater: advance()
    case .shiftRight: kind = .greater
    case .greaterEqual: kind = .equal
    case .shiftRightEqual: kind = .greaterEqual
    default: fail("`,` or `>`")
    }
  }

  // MARK: Brackets

  /// Reads types, each perhaps with a name, up to a bracket.
  mutating func typeItems(until closer: FuseTokenKind) {
    let outer = ignoresLines
    ignoresLines = true
    while kind != closer, !isQuiet {
      push(typeItem())
      if !take(.comma) { break }
    }
    ignoresLines = outer
  }

  private mutating func typeItem() -> NodeID {
    guard kindAfter() == .colon, kind == .name || isReserved(kind) else { return type() }
    let name = position
    if kind != .name { noteReserved() }
    advance()
    advance()
    let type = type()
    return add(.namedType, name, name, type.rawValue)
  }

  /// Reads `(T)`, which groups, or a tuple.
  @inline(never)
  private mutating func tupleType() -> NodeID {
    let opener = position
    advance()
    let mark = scratch.count
    typeItems(until: .rightParen)
    let hasComma = tokens[position - 1].kind == .comma
    expectClose(.rightParen, of: opener)
    if scratch.count == mark + 1, !hasComma, let only = scratch.last,
      kind(of: NodeID(only)) != .namedType
    {
      scratch.removeLast()
      return add(.parenthesizedType, opener, opener, only)
    }
    let list = makeList(from: mark)
    return add(.tupleType, opener, opener, list)
  }

  @inline(never)
  private mutating func tableType() -> NodeID {
    let opener = position
    let list = bracketed(by: .rightBrace) { $0.tableTypeItem() }
    return add(.tableType, opener, opener, list)
  }

  private mutating func tableTypeItem() -> NodeID {
    let start = position
    if kind == .leftBracket {
      advance()
      let key = type()
      expectClose(.rightBracket, of: start)
      _ = isQuiet || expect(.colon)
      let value = isQuiet ? .none : type()
      return add(.tableTypeIndex, start, start, key.rawValue, value.rawValue)
    }
    if isReservedKey {
      noteReserved()
      advance()
    } else if !take(.string), expectName("a field") == 0 {
      return add(.missing, start, start)
    }
    let isOptional = take(.question)
    if kind == .equal {
      note(.Fuse.equalInTable(span: span(position)))
      advance()
    } else {
      _ = expect(.colon)
    }
    let type = isQuiet ? .none : type()
    return add(.tableTypeField, start, start, type.rawValue, detail: isOptional ? 1 : 0)
  }

  // MARK: Functions

  /// Whether `unsafe` or `async` here belongs to a function type, and is not a type followed by a
  /// declaration.
  private var opensFunctionType: Bool {
    var index = position
    while tokens[index].kind == .unsafeKeyword || tokens[index].kind == .asyncKeyword {
      index += 1
      if !ignoresLines, tokens[index].flags.contains(.startsLine) { return false }
    }
    return isFunctionWord(tokens[index].kind)
      && tokens[min(index + 1, tokens.count - 1)].kind == .leftParen
  }

  @inline(never)
  private mutating func functionType() -> NodeID {
    let start = position
    var qualifiers: FuseQualifiers = []
    while kind == .unsafeKeyword || kind == .asyncKeyword {
      let one: FuseQualifiers = kind == .unsafeKeyword ? .isUnsafe : .isAsync
      if qualifiers.contains(one) {
        let word = text(of: position)
        note(.Fuse.conflictingWords(word, word, span: span(position)))
      }
      qualifiers.insert(one)
      advance()
    }
    let word = position
    advance()
    let opener = position
    let mark = scratch.count
    if expect(.leftParen) {
      pushItems(until: .rightParen, of: opener) { $0.parameterType() }
    }
    let list = makeList(from: mark)
    let result = take(.arrow) ? type() : .none
    return add(.functionType, start, word, list, result.rawValue, detail: qualifiers.rawValue)
  }

  private mutating func parameterType() -> NodeID {
    let start = position
    var form: FuseParameterForm = []
    if take(.ellipsis) {
      form.insert(.isRest)
    } else if take(.mutKeyword) {
      form.insert(.isMutable)
    }
    if kind == .selfKeyword, form != .isRest {
      form.insert(.isSelf)
      advance()
      return add(.parameterType, start, position - 1, detail: form.rawValue)
    }
    var main = start
    if kind == .name, kindAfter() == .colon {
      form.insert(.isNamed)
      main = position
      advance()
      advance()
    }
    let type = type()
    return add(.parameterType, start, main, type.rawValue, detail: form.rawValue)
  }
}
