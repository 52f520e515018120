// Functions: qualifiers, type parameters, parameters, result and body. SOURCE: Fuse reference,
// section 3.2.

internal import NightjarDiagnostics

extension FuseParser {
  func isFunctionWord(_ kind: FuseTokenKind) -> Bool {
    kind == .fnKeyword || kind == .functionKeyword
  }

  func isQualifier(_ kind: FuseTokenKind) -> Bool {
    kind == .staticKeyword || kind == .unsafeKeyword || kind == .asyncKeyword
  }

  /// Whether qualifiers, `fn` and something that can be a name stand here.
  var isFunctionAhead: Bool {
    guard let word = functionWordAhead else { return false }
    let next = tokens[min(word + 1, tokens.count - 1)].kind
    return next != .leftParen && next != .less
  }

  /// The place of `fn` after the qualifiers that stand here.
  var functionWordAhead: Int? {
    var index = position
    while isQualifier(tokens[index].kind) || isWord(.gen, at: index) {
      index += 1
      if index >= tokens.count { return nil }
    }
    return isFunctionWord(tokens[index].kind) ? index : nil
  }

  /// Reads the words before `fn`.
  private mutating func qualifiers() -> FuseQualifiers {
    var all: FuseQualifiers = []
    while true {
      let one: FuseQualifiers
      switch kind {
      case .staticKeyword: one = .isStatic
      case .unsafeKeyword: one = .isUnsafe
      case .asyncKeyword: one = .isAsync
      case .name where isWord(.gen): one = .isGenerator
      default: return all
      }
      if all.contains(one) {
        let word = text(of: position)
        note(.Fuse.conflictingWords(word, word, span: span(position)))
      }
      all.insert(one)
      advance()
    }
  }

  /// Reads a function with a name and a body.
  @inline(never)
  mutating func functionDeclaration() -> NodeID {
    function(isNamed: true, body: .required)
  }

  /// Reads `global fn …`.
  @inline(never)
  mutating func globalFunction() -> NodeID {
    let word = position
    advance()
    let function = function(isNamed: true, body: .required)
    nodes[Int(function.rawValue)].flags.insert(.isGlobal)
    nodes[Int(function.rawValue)].firstToken = TokenID(id(word))
    return function
  }

  /// What may follow the head of a function.
  enum BodyForm {
    /// `=> e` or a block.
    case required
    /// Nothing, `=> e` or `do … end`, as in traits.
    case optional
    /// Nothing: a signature.
    case none
  }

  /// Reads a function; its qualifiers or `fn` stand here.
  @inline(never)
  mutating func function(isNamed: Bool, body form: BodyForm) -> NodeID {
    let start = position
    var qualifiers = qualifiers()
    let word = position
    if !isFunctionWord(kind) { return missing("`fn`") }
    advance()
    let name = isNamed ? functionName() : strayName()
    let record = signature(name)
    var body = NodeID.none
    switch form {
    case .required: body = functionBody(word, record, &qualifiers)
    case .optional: body = optionalBody(record, &qualifiers)
    case .none: break
    }
    return add(.function, start, word, record, body.rawValue, detail: qualifiers.rawValue)
  }

  private mutating func functionName() -> Int32 {
    let name = expectName("the name of the function")
    if kind == .dot || kind == .colon || kind == .doubleColon, name != 0, !isQuiet {
      let start = Int(name)
      var last = name
      while kind == .dot || kind == .colon || kind == .doubleColon, kindAfter() == .name {
        advance()
        last = id(position)
        advance()
      }
      note(.Fuse.qualifiedFunction(span: span(start, Int(last))))
      return last
    }
    return name
  }

  /// Reports a name where a function has none.
  private mutating func strayName() -> Int32 {
    if kind != .name { return 0 }
    note(.Fuse.unexpected("`(`", found: found, hint: "A function that is a value has no name."))
    advance()
    return 0
  }

  /// Reads type parameters, parameters and result into a record after `name`.
  @inline(never)
  mutating func signature(_ name: Int32) -> Int32 {
    let generics = typeParameters()
    let parameters = parameters()
    if kind == .colon, !isQuiet {
      note(
        .Fuse.unexpected("`->`", found: found, hint: "The type of a result stands behind `->`.")
      )
      kind = .arrow
    }
    let isBare = kind == .name && !startsLine && !isQuiet && kindAfter() == .fatArrow
    if isBare {
      let hint = "The type of a result stands behind `->`."
      note(.Fuse.unexpected("`->`", found: found, hint: hint))
    }
    let result = take(.arrow) || isBare ? type() : .none
    let place = makeRecord(name, generics)
    extra.append(parameters)
    extra.append(result.rawValue)
    return place
  }

  /// Reads `=> e`, or a block and its `end`.
  @inline(never)
  private mutating func functionBody(
    _ word: Int,
    _ record: Int32,
    _ qualifiers: inout FuseQualifiers
  ) -> NodeID {
    if take(.fatArrow) {
      qualifiers.insert(.hasExpressionBody)
      return expression()
    }
    if isBraceBlock, skipBraces("the body of the function") {
      expectEnd(of: word)
      return add(.missing, position - 1, position - 1)
    }
    let body = block(isValue: !returnsUnit(record))
    expectEnd(of: word)
    return body
  }

  /// Whether the result type in a record is written `()`.
  private func returnsUnit(_ record: Int32) -> Bool {
    let result = nodes[Int(extra[Int(record) + 3])]
    return result.kind == .tupleType && result.lhs == 0
  }

  private mutating func optionalBody(_ record: Int32, _ qualifiers: inout FuseQualifiers)
    -> NodeID
  {
    if take(.fatArrow) {
      qualifiers.insert(.hasExpressionBody)
      return expression()
    }
    if kind != .doKeyword { return .none }
    let word = position
    advance()
    if isBraceBlock, skipBraces("the body of the function") {
      expectEnd(of: word)
      return add(.missing, position - 1, position - 1)
    }
    let body = block(isValue: !returnsUnit(record))
    expectEnd(of: word)
    return body
  }

  // MARK: Parameters

  @inline(never)
  mutating func parameters() -> Int32 {
    let opener = position
    if !expect(.leftParen) { return 0 }
    let mark = scratch.count
    pushItems(until: .rightParen, of: opener) { parser in
      let start = parser.position
      let list = parser.kind == .hashBracket ? parser.attributes() : 0
      let parameter = parser.parameter()
      parser.attach(list, start, to: parameter)
      return parameter
    }
    return makeList(from: mark)
  }

  private mutating func parameter() -> NodeID {
    let start = position
    var form: FuseParameterForm = []
    if take(.ellipsis) {
      form.insert(.isRest)
    } else if kind == .ownKeyword, kindAfter() == .selfKeyword {
      advance()
      form.insert(.isOwned)
    } else if take(.mutKeyword) {
      form.insert(.isMutable)
    }
    if kind == .selfKeyword, !form.contains(.isRest) {
      form.insert(.isSelf)
      let main = position
      advance()
      return add(.parameter, start, main, detail: form.rawValue)
    }
    let name: Int32
    if kind == .spliceName || kind == .spliceList {
      advance()
      name = id(position - 1)
    } else {
      name = expectName("a parameter")
    }
    if name == 0 { return add(.missing, start, position) }
    let type = take(.colon) || isBareType ? type() : .none
    let value = !form.contains(.isRest) && take(.equal) ? expression() : .none
    return add(
      .parameter,
      start,
      Int(name),
      type.rawValue,
      value.rawValue,
      detail: form.rawValue
    )
  }

  /// Whether a type stands behind a parameter without `:`, which is reported.
  private var isBareType: Bool {
    mutating get {
      guard kind == .name, !startsLine, !isQuiet else { return false }
      let hint = "The type of a parameter stands behind `:`."
      note(.Fuse.unexpected("`:`", found: found, hint: hint))
      return true
    }
  }

  // MARK: Type parameters

  /// Reads `<T: Bound = Default, …>`, if it stands here.
  @inline(never)
  mutating func typeParameters() -> Int32 {
    if kind != .less { return 0 }
    let opener = position
    advance()
    let mark = scratch.count
    while kind != .greater, !isQuiet {
      push(typeParameter())
      if !take(.comma) { break }
    }
    expectAngle(of: opener)
    return makeList(from: mark)
  }

  private mutating func typeParameter() -> NodeID {
    let start = position
    let name = expectName("a type parameter")
    if name == 0 { return add(.missing, start, position) }
    if kind == .name || isReserved(kind),
      ["extends", "implements", "impl"].contains(text(of: position))
    {
      let hint = "What the types must have stands behind `:`: `<T: Named>`."
      note(.Fuse.unexpected("`:`", found: found, hint: hint))
      kind = .colon
    }
    let bound = take(.colon) ? bound() : .none
    // `=` may be what is left of `>=`.
    let value = take(.equal) ? type() : .none
    return add(.typeParameter, start, Int(name), bound.rawValue, value.rawValue)
  }

  /// Reads a bound, of which `?Name` may be parts.
  private mutating func bound() -> NodeID {
    if kind != .question { return type() }
    let start = position
    let mark = scratch.count
    var sign = position
    repeat {
      guard kind == .question else {
        push(type())
        break
      }
      let question = position
      advance()
      let name = expectName("a trait")
      push(add(.relaxedBound, question, name == 0 ? question : Int(name)))
      sign = position
    } while take(.ampersand)
    if scratch.count == mark + 1, let only = scratch.popLast() { return NodeID(only) }
    let list = makeList(from: mark)
    return add(.intersectionType, start, sign, list)
  }
}
