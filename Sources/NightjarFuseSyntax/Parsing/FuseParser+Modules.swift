// Imports, exports, declarations of Lua code and of C. SOURCE: Fuse reference, sections 3.1 and 6.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reports a declaration of modules inside a block.
  private mutating func expectModuleLevel(_ word: Int) {
    if blockDepth > 0 {
      note(.Fuse.moduleLevelOnly(text(of: word), span: span(word)))
    }
  }

  // MARK: Imports

  @inline(never)
  mutating func importDeclaration() -> NodeID {
    let word = position
    expectModuleLevel(word)
    advance()
    var form = FuseImportForm.module
    var clause: Int32 = 0
    if kind == .leftBrace || (kind == .typeKeyword && kindAfter() == .leftBrace) {
      form = take(.typeKeyword) ? .types : .names
      clause = importNames()
    } else if kind != .string {
      form = .namespace
      clause = expectName("a name, `{` or the path of a module")
    }
    if form != .module { expectFrom() }
    let path = isQuiet ? 0 : expectString("the path of a module")
    return add(.importDeclaration, word, word, clause, path, detail: form.rawValue)
  }

  private mutating func expectFrom() {
    if isWord(.from) {
      advance()
    } else {
      fail("`from`")
    }
  }

  /// Reads `{ a, type B, c as d }` into a list.
  private mutating func importNames() -> Int32 {
    bracketed(by: .rightBrace) { $0.importName() }
  }

  private mutating func importName() -> NodeID {
    let start = position
    let isType = kind == .typeKeyword && kindAfter() == .name
    if isType { advance() }
    let name = expectName("a name")
    let alias = take(.asKeyword) ? expectName("a name") : 0
    let main = name == 0 ? start : Int(name)
    return add(.importName, start, main, alias, detail: isType ? 1 : 0)
  }

  // MARK: Exports

  @inline(never)
  mutating func exportDeclaration() -> NodeID {
    let word = position
    expectModuleLevel(word)
    advance()
    switch kind {
    case .star:
      advance()
      expectFrom()
      let path = isQuiet ? 0 : expectString("the path of a module")
      return add(.exportAll, word, word, 0, path)
    case .leftBrace:
      let names = importNames()
      var path: Int32 = 0
      if isWord(.from), kindAfter() == .string {
        advance()
        path = expectString("the path of a module")
      }
      return add(.exportNames, word, word, names, path)
    default: return exportedItem(word)
    }
  }

  private mutating func exportedItem(_ word: Int) -> NodeID {
    let isItem: Bool =
      switch kind {
      case .letKeyword, .constKeyword, .staticKeyword, .structKeyword, .enumKeyword,
        .unionKeyword, .traitKeyword, .implKeyword, .typeKeyword:
        true
      case .name: isWord(.macro) && kindAfter() == .name || isFunctionAhead
      default: isFunctionAhead
      }
    if !isItem { return missing("a declaration, `{` or `*`") }
    let item = statement(isFirst: true)
    if item.isPresent {
      nodes[Int(item.rawValue)].flags.insert(.isExported)
      nodes[Int(item.rawValue)].firstToken = TokenID(id(word))
    }
    return item
  }

  // MARK: Declarations of foreign code

  @inline(never)
  mutating func declareBlock() -> NodeID {
    let word = position
    expectModuleLevel(word)
    advance()
    let isGlobal = kind == .globalKeyword
    advance()
    let path = isGlobal ? 0 : expectString("the path of a module")
    let mark = scratch.count
    let outer = ignoresLines
    ignoresLines = false
    while !endsBlock {
      let start = position
      let list = kind == .hashBracket ? attributes() : 0
      let member = declareMember()
      attach(list, start, to: member)
      if member.isPresent { push(member) }
      if isQuiet { recover(from: start) }
      if position == start { advance() }
    }
    ignoresLines = outer
    expectEnd(of: word)
    let members = makeList(from: mark)
    return add(isGlobal ? .declareGlobal : .declareModule, word, word, path, members)
  }

  private mutating func declareMember() -> NodeID {
    if functionWordAhead != nil { return function(isNamed: true, body: .none) }
    switch kind {
    case .letKeyword:
      let word = position
      advance()
      let isMutable = take(.mutKeyword)
      return declaredName(.declaredVariable, word, detail: isMutable ? 1 : 0)
    case .constKeyword:
      let word = position
      advance()
      return declaredName(.const, word, detail: 0)
    case .typeKeyword: return typeDeclaration(isDeclared: true)
    case .structKeyword: return structDeclaration(isDeclared: true)
    case .enumKeyword: return enumDeclaration()
    case .unionKeyword: return unionDeclaration()
    case .traitKeyword: return traitDeclaration()
    default: return missing("a declaration")
    }
  }

  private mutating func declaredName(_ kind: FuseNodeKind, _ word: Int, detail: UInt8) -> NodeID {
    let name = expectName("a name")
    _ = isQuiet || expect(.colon)
    let type = isQuiet ? .none : type()
    return add(kind, word, name == 0 ? word : Int(name), type.rawValue, detail: detail)
  }

  @inline(never)
  mutating func externBlock() -> NodeID {
    let word = position
    expectModuleLevel(word)
    advance()
    let language = expectString("the name of a language")
    var library: Int32 = 0
    if isWord(.from) {
      advance()
      library = expectString("the name of a library")
    }
    let mark = scratch.count
    while !endsBlock {
      let start = position
      let list = kind == .hashBracket ? attributes() : 0
      let member =
        functionWordAhead == nil ? missing("`fn`") : function(isNamed: true, body: .none)
      attach(list, start, to: member)
      if member.isPresent { push(member) }
      if isQuiet { recover(from: start) }
      if position == start { advance() }
    }
    expectEnd(of: word)
    let members = makeList(from: mark)
    let record = makeRecord(language, library)
    return add(.externBlock, word, word, record, members)
  }
}
