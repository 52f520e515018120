// Structs, enums, unions, traits, implementations, aliases and macros. SOURCE: Fuse reference,
// section 3.2.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads members up to `end` into a list; `member` reads one.
  private mutating func members(
    of word: Int,
    _ member: (inout FuseParser) -> NodeID
  ) -> Int32 {
    let mark = scratch.count
    let outer = ignoresLines
    ignoresLines = false
    let wereInMembers = isInMembers
    isInMembers = true
    if kind == .leftBrace, !isQuiet, Int(tokens[position].payload) > position {
      membersInBraces(member)
    }
    let isIndented = startsLine && indentation(position) > indentation(word)
    while !isMemberListEnd, !isBeyondMembers(of: word, areIndented: isIndented) {
      self.member(member)
    }
    ignoresLines = outer
    isInMembers = wereInMembers
    expectEnd(of: word)
    return makeList(from: mark)
  }

  /// Reads a member with what stands before it, and goes on after a mistake in it.
  private mutating func member(_ member: (inout FuseParser) -> NodeID) {
    let start = position
    let list = kind == .hashBracket ? attributes() : 0
    let isPublic = take(.pubKeyword)
    let node = member(&self)
    if isPublic, node.isPresent {
      nodes[Int(node.rawValue)].flags.insert(.isPublic)
      nodes[Int(node.rawValue)].firstToken = TokenID(id(start))
    }
    attach(list, start, to: node)
    if node.isPresent { push(node) }
    if isQuiet { recoverMember(from: start) }
    if position == start { advance() }
  }

  /// Reports members in braces, and reads them: blocks in braces inside are told with them.
  @inline(never)
  private mutating func membersInBraces(_ member: (inout FuseParser) -> NodeID) {
    let partner = Int(tokens[position].payload)
    let outer = (start: blockStart, isInBraces: isInBraces)
    if !isInBraces {
      fail("a member", hint: "Fuse has no blocks in braces: a block ends with `end`.")
    }
    isQuiet = false
    isInBraces = true
    blockStart = position
    advance()
    while position < partner {
      if kind == .comma || kind == .semicolon { advance() } else { self.member(member) }
    }
    (blockStart, isInBraces) = outer
    position = partner
    kind = tokens[partner].kind
    advance()
    isQuiet = false
    bracesEnd = position
  }

  private var isMemberListEnd: Bool { kind != .pubKeyword && endsBlock && !isReservedKey }

  /// Whether what begins this line is no member of a list, by its indentation: the list's `end` was taken by
  /// a member that lacks its own, or there is none.
  private func isBeyondMembers(of word: Int, areIndented: Bool) -> Bool {
    guard startsLine, !isReservedKey, tokens[position].line > tokens[word].line,
      indentation(position) <= indentation(word)
    else { return false }
    switch kind {
    case .letKeyword, .whileKeyword, .forKeyword, .repeatKeyword, .returnKeyword, .ifKeyword,
      .matchKeyword, .doKeyword, .importKeyword, .exportKeyword, .structKeyword, .enumKeyword,
      .unionKeyword, .traitKeyword, .implKeyword:
      return true
    case .fnKeyword, .functionKeyword, .pubKeyword, .constKeyword, .staticKeyword, .hashBracket,
      .name:
      return areIndented
    default: return false
    }
  }

  /// Skips what is left of a member in which an error was reported.
  private mutating func recoverMember(from start: Int) {
    isQuiet = false
    while !endsBlock {
      if position > start {
        switch kind {
        case .fnKeyword, .functionKeyword, .pubKeyword, .constKeyword, .hashBracket: return
        default: if startsLine { return }
        }
      }
      let partner = Int(tokens[position].payload)
      switch kind {
      case .leftParen, .leftBracket, .leftBrace:
        if partner > position { position = partner }
      default: break
      }
      advance()
    }
  }

  // MARK: Structs, enums, unions

  @inline(never)
  mutating func structDeclaration(isDeclared: Bool = false) -> NodeID {
    let word = position
    advance()
    let name = expectName("the name of the struct")
    let generics = typeParameters()
    let fields = members(of: word) { parser in
      if isDeclared, parser.functionWordAhead != nil {
        return parser.function(isNamed: true, body: .none)
      }
      return parser.field()
    }
    return add(.structDeclaration, word, name == 0 ? word : Int(name), generics, fields)
  }

  private mutating func field() -> NodeID {
    let start = position
    let name: Int32
    if isReservedKey {
      noteReserved()
      name = id(position)
      advance()
    } else if functionWordAhead != nil {
      return missing("a field", hint: "Methods of a struct stand in an `impl` block.")
    } else {
      name = expectName("a field")
    }
    if name == 0 { return add(.missing, start, position) }
    if kind == .equal {
      fail("`:` and a type")
    } else {
      _ = expect(.colon)
    }
    let type = isQuiet ? .none : type()
    let value = take(.equal) ? expression() : .none
    _ = take(.comma)
    return add(.field, start, Int(name), type.rawValue, value.rawValue)
  }

  @inline(never)
  mutating func enumDeclaration() -> NodeID {
    let word = position
    advance()
    let name = expectName("the name of the enum")
    var hasPayload = false
    let variants = members(of: word) { parser in
      let start = parser.position
      let name = parser.expectName("a variant")
      if name == 0 { return parser.add(.missing, start, parser.position) }
      if parser.kind == .leftParen {
        let hint = "The variants of an `enum` are mere names; those of a `union` hold values."
        if !hasPayload { parser.fail("a variant", hint: hint) }
        hasPayload = true
        parser.isQuiet = true
      }
      let value = parser.take(.equal) ? parser.expression() : .none
      _ = parser.take(.comma)
      return parser.add(.enumVariant, start, Int(name), value.rawValue)
    }
    return add(.enumDeclaration, word, name == 0 ? word : Int(name), 0, variants)
  }

  @inline(never)
  mutating func unionDeclaration() -> NodeID {
    let word = position
    advance()
    let name = expectName("the name of the union")
    let generics = typeParameters()
    let variants = members(of: word) { $0.unionVariant() }
    return add(.unionDeclaration, word, name == 0 ? word : Int(name), generics, variants)
  }

  private mutating func unionVariant() -> NodeID {
    let start = position
    let name = expectName("a variant")
    if name == 0 { return add(.missing, start, position) }
    var payload: Int32 = 0
    let hasPayload = kind == .leftParen && mayContinue
    if hasPayload {
      let opener = position
      advance()
      let mark = scratch.count
      typeItems(until: .rightParen)
      expectClose(.rightParen, of: opener)
      payload = makeList(from: mark)
    }
    _ = take(.comma)
    return add(.unionVariant, start, Int(name), payload, detail: hasPayload ? 1 : 0)
  }

  // MARK: Traits and implementations

  @inline(never)
  mutating func traitDeclaration() -> NodeID {
    let word = position
    advance()
    let name = expectName("the name of the trait")
    let generics = typeParameters()
    let supertraits = take(.colon) ? type() : .none
    let record = makeRecord(generics, supertraits.rawValue)
    let members = members(of: word) { parser in
      if parser.kind == .constKeyword { return parser.constDeclaration(needsValue: false) }
      if parser.functionWordAhead != nil {
        return parser.function(isNamed: true, body: .optional)
      }
      return parser.missing("`fn` or `const`")
    }
    return add(.traitDeclaration, word, name == 0 ? word : Int(name), record, members)
  }

  @inline(never)
  mutating func implementation() -> NodeID {
    let word = position
    advance()
    let generics = typeParameters()
    var subject = type()
    var trait = NodeID.none
    if take(.forKeyword) {
      trait = subject
      subject = type()
    }
    let record = makeRecord(generics, trait.rawValue, subject.rawValue)
    if isQuiet { skipHead() }
    let members = members(of: word) { parser in
      if parser.functionWordAhead != nil { return parser.functionDeclaration() }
      switch parser.kind {
      case .constKeyword: return parser.constDeclaration()
      case .staticKeyword: return parser.staticDeclaration()
      default: return parser.missing("`fn`, `const` or `static`")
      }
    }
    return add(.implementation, word, word, record, members)
  }

  /// Passes the rest of a line in which the head of a declaration is broken.
  private mutating func skipHead() {
    isQuiet = false
    while !startsLine, functionWordAhead == nil, !endsBlock { advance() }
  }

  @inline(never)
  mutating func typeDeclaration(isDeclared: Bool = false) -> NodeID {
    let word = position
    advance()
    let name = expectName("the name of the type")
    let generics = typeParameters()
    var type = NodeID.none
    if take(.equal) {
      type = self.type()
    } else if !isDeclared {
      fail("`=`")
    }
    return add(.typeDeclaration, word, name == 0 ? word : Int(name), generics, type.rawValue)
  }

  // MARK: Macros

  @inline(never)
  mutating func macroDeclaration() -> NodeID {
    let word = position
    advance()
    var form = FuseMacroForm.call
    if kindAfter() == .name, isOnLine(1) {
      if isWord(.derive) {
        form = .derive
        advance()
      } else if text(of: position) == "attribute" {
        form = .attribute
        advance()
      }
    }
    let name = expectName("the name of the macro")
    let list = parameters()
    let result = take(.arrow) ? type() : .none
    let record = makeRecord(name, 0)
    extra.append(list)
    extra.append(result.rawValue)
    macroDepth += 1
    let body = block()
    macroDepth -= 1
    expectEnd(of: word)
    let main = name == 0 ? word : Int(name)
    return add(.macroDeclaration, word, main, record, body.rawValue, detail: form.rawValue)
  }
}
