// What the tree says about the layout: which tokens a block or bracket spans, before which a line
// begins if it is broken, and what tokens of many meanings are.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A stretch of tokens that stands on one line or is broken as a whole.
struct FormatGroup {
  /// The token with which it begins: the word of a construct, the opening bracket.
  var first: Int
  /// The token with which it ends: `end`, the closing bracket.
  var last: Int
  /// Whether it is a bracket and not a construct with blocks.
  var isBracket: Bool
  /// Whether it is broken whatever its width.
  var isForced: Bool
  /// Whether it may be broken at all.
  var isBreakable = true
  /// Whether a comma may follow the last item.
  var allowsTrailingComma = false
  /// Whether the comma after the only item makes it a tuple.
  var isSingleTuple = false
}

/// Where a line begins if a group is broken.
struct FormatBreak {
  /// The group; -1 for none.
  var group: Int32 = -1
  /// 1 for what stands inside the group, 0 for `end` and `else`.
  var level: UInt8 = 0
  /// Whether it is the first statement of its block.
  var isFirst = false
}

/// What a token of several meanings is.
enum TokenRole: UInt8 {
  case ordinary
  /// `(` or `[` directly after what it belongs to.
  case attachedOpener
  /// An operator before its one operand.
  case prefix
  /// `<` and `>` around types.
  case angleOpener, angleCloser
  /// `?` before the name of a trait.
  case prefixQuestion
  /// The `:` and `?` of `${e:?}`.
  case debugMark
  /// A string piece or bracket inside which nothing is broken.
  case interpolation
}

/// The layout a tree asks for.
struct FormatPlan {
  /// The groups; the first is the whole text.
  var groups: [FormatGroup] = []
  /// The group that begins at each token, or -1.
  var groupAt: [Int32]
  /// The break before each token.
  var breaks: [FormatBreak]
  var roles: [TokenRole]
  /// The bracket each comma belongs to: the token that opens it, or -1.
  var commaOwner: [Int32]
  /// Tokens that are left out: commas between members.
  var isDropped: [Bool]
  /// Semicolons that keep the value of a block from being used.
  var isKept: [Bool]

  private let tree: FuseTree
  private let tokens: [FuseToken]

  init(_ tree: FuseTree) {
    self.tree = tree
    tokens = tree.tokens
    let count = tokens.count
    groupAt = [Int32](repeating: -1, count: count)
    breaks = [FormatBreak](repeating: FormatBreak(), count: count)
    roles = [TokenRole](repeating: .ordinary, count: count)
    commaOwner = [Int32](repeating: -1, count: count)
    isDropped = [Bool](repeating: false, count: count)
    isKept = [Bool](repeating: false, count: count)
    groups.append(
      FormatGroup(first: 0, last: count - 1, isBracket: false, isForced: true)
    )
    addBreaks(tree.statements(tree.root), group: 0, level: 0)
    addBrackets()
    for index in tree.nodes.indices {
      add(NodeID(Int32(truncatingIfNeeded: index)))
    }
  }

  private func first(_ id: NodeID) -> Int { Int(tree[id].firstToken.rawValue) }
  private func main(_ id: NodeID) -> Int { Int(tree[id].mainToken.rawValue) }
  private func last(_ id: NodeID) -> Int { Int(tree[id].lastToken.rawValue) }

  // MARK: Brackets

  private static func isOpener(_ kind: FuseTokenKind) -> Bool {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace, .hashBracket, .bangParen, .spliceParen: true
    default: false
    }
  }

  /// Finds the brackets; the lexer knows their partners.
  private mutating func addBrackets() {
    var open: [Int] = []
    var interpolations = 0
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .stringHead: interpolations += 1
      case .stringTail: interpolations -= 1
      case .comma: commaOwner[index] = Int32(truncatingIfNeeded: open.last ?? -1)
      case .rightParen, .rightBracket, .rightBrace: _ = open.popLast()
      default:
        guard Self.isOpener(token.kind) else { continue }
        open.append(index)
        let next = tokens[index + 1]
        let isForced =
          next.flags.contains(.startsLine) && Int(token.payload) != index + 1
          && interpolations == 0
        groupAt[index] = Int32(truncatingIfNeeded: groups.count)
        groups.append(
          FormatGroup(
            first: index,
            last: Int(token.payload),
            isBracket: true,
            isForced: isForced,
            isBreakable: interpolations == 0
          )
        )
      }
    }
  }

  /// Says of the bracket at a token that it holds a list.
  private mutating func markList(_ opener: Int, isSingleTuple: Bool = false) {
    guard Self.isOpener(tokens[opener].kind), groupAt[opener] >= 0 else { return }
    groups[Int(groupAt[opener])].allowsTrailingComma = true
    groups[Int(groupAt[opener])].isSingleTuple = isSingleTuple
  }

  /// Says of the bracket at a token that it is never broken.
  private mutating func markUnbroken(_ opener: Int) {
    guard groupAt[opener] >= 0 else { return }
    groups[Int(groupAt[opener])].isBreakable = false
    groups[Int(groupAt[opener])].isForced = false
  }

  /// Marks the parentheses of parameters, which follow a name, `fn` or type parameters.
  private mutating func markParameters(_ word: Int, _ name: TokenID, _ generics: NodeList) {
    var index = name.isPresent ? Int(name.rawValue) : word
    if let last = tree.nodes(generics).last {
      roles[index + 1] = .angleOpener
      index = closeAngle(after: last)
    }
    index += 1
    guard index < tokens.count, tokens[index].kind == .leftParen else { return }
    roles[index] = .attachedOpener
    markList(index)
  }

  /// Marks the `>` after the last of some types; the last token it is part of.
  private mutating func closeAngle(after type: NodeID) -> Int {
    var index = last(type) + 1
    if tokens[index].kind == .comma {
      isDropped[index] = true
      index += 1
    }
    switch tokens[index].kind {
    case .greater, .shiftRight, .greaterEqual, .shiftRightEqual: roles[index] = .angleCloser
    default: break
    }
    return index
  }

  // MARK: Constructs

  /// Makes a group of the tokens from a word to an `end`.
  private mutating func addConstruct(_ first: Int, _ last: Int) -> Int {
    let isForced =
      tokens[first].line != tokens[last].line
      || (first..<last).contains { self.isMultiline($0) }
    groupAt[first] = Int32(truncatingIfNeeded: groups.count)
    groups.append(FormatGroup(first: first, last: last, isBracket: false, isForced: isForced))
    return groups.count - 1
  }

  private func isMultiline(_ index: Int) -> Bool {
    let token = tokens[index]
    switch token.kind {
    case .string, .stringHead, .stringMiddle, .stringTail:
      return token.line != tokens[index + 1].line
    default: return false
    }
  }

  private mutating func addBreak(_ token: Int, _ group: Int, _ level: UInt8, isFirst: Bool = false)
  {
    breaks[token] = FormatBreak(
      group: Int32(truncatingIfNeeded: group),
      level: level,
      isFirst: isFirst
    )
  }

  /// Lets each node of a list begin a line, and what stands behind its attributes another.
  private mutating func addBreaks(_ list: NodeList, group: Int, level: UInt8) {
    for (place, id) in tree.nodes(list).enumerated() {
      var token = first(id)
      addBreak(token, group, level, isFirst: place == 0)
      while tokens[token].kind == .hashBracket, tokens[token].payload > 0 {
        token = Int(tokens[token].payload) + 1
        addBreak(token, group, level)
      }
    }
  }

  private mutating func addBlock(_ block: NodeID, group: Int) {
    guard tree[block].kind == .block else { return }
    let statements = tree.statements(block)
    addBreaks(statements, group: group, level: 1)
    guard let last = tree.nodes(statements).last, tree[last].kind.isExpression else { return }
    let next = self.last(last) + 1
    if tokens[next].kind == .semicolon { isKept[next] = true }
  }

  /// The word before a block: `else`, `then`, `do`.
  private func word(before block: NodeID) -> Int {
    tree.statements(block).isEmpty ? first(block) : first(block) - 1
  }

  private mutating func add(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .function: addFunction(id)
    case .macroDeclaration:
      let function = tree.function(id)
      markParameters(main(id), function.name, function.typeParameters)
      addSimple(id, function.body)
    case .ifExpression: addIf(id)
    case .match:
      let group = addConstruct(main(id), last(id))
      addBreaks(tree.rhsList(id), group: group, level: 1)
      addBreak(last(id), group, 0)
    case .arm: addSimple(id, tree.arm(id).body)
    case .elseArm, .doBlock, .quotation: addSimple(id, tree.lhs(id))
    case .scopeBlock, .whileLoop, .forLoop: addSimple(id, tree.rhs(id))
    case .repeatLoop: addRepeat(id)
    case .structDeclaration, .enumDeclaration, .unionDeclaration, .traitDeclaration,
      .implementation, .declareModule, .declareGlobal, .externBlock:
      markTypeParameters(id)
      let group = addConstruct(main(id), last(id))
      addBreaks(tree.rhsList(id), group: group, level: 1)
      addBreak(last(id), group, 0)
    case .typeDeclaration: markTypeParameters(id)
    case .field, .enumVariant, .unionVariant:
      if tokens[last(id)].kind == .comma { isDropped[last(id)] = true }
      if node.kind == .unionVariant, node.detail == 1 {
        roles[main(id) + 1] = .attachedOpener
        markList(main(id) + 1)
      }
    default: addTokenRoles(id)
    }
  }

  private mutating func addFunction(_ id: NodeID) {
    let function = tree.function(id)
    markParameters(main(id), function.name, function.typeParameters)
    if function.body.isPresent, !function.qualifiers.contains(.hasExpressionBody) {
      addSimple(id, function.body)
    }
  }

  /// Adds a construct with one block.
  private mutating func addSimple(_ id: NodeID, _ block: NodeID) {
    let group = addConstruct(main(id), last(id))
    addBlock(block, group: group)
    addBreak(last(id), group, 0)
  }

  private mutating func addIf(_ id: NodeID) {
    let group = addConstruct(main(id), last(id))
    for (place, clause) in tree.nodes(tree.clauses(id)).enumerated() {
      if place > 0 { addBreak(main(clause), group, 0) }
      addBlock(tree.rhs(clause), group: group)
    }
    let alternative = tree.rhs(id)
    if alternative.isPresent {
      addBreak(word(before: alternative), group, 0)
      addBlock(alternative, group: group)
    }
    addBreak(last(id), group, 0)
  }

  private mutating func addRepeat(_ id: NodeID) {
    let condition = tree.rhs(id)
    let closer = condition.isPresent ? first(condition) - 1 : last(id)
    let group = addConstruct(main(id), closer)
    addBlock(tree.lhs(id), group: group)
    addBreak(closer, group, 0)
  }

  private mutating func markTypeParameters(_ id: NodeID) {
    guard let last = tree.nodes(tree.typeParameters(id)).last else { return }
    roles[main(id) + 1] = .angleOpener
    _ = closeAngle(after: last)
  }

  // MARK: Single tokens

  private mutating func addTokenRoles(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .unary, .spread, .restPattern: roles[main(id)] = .prefix
    case .literalType, .literalPattern: if node.detail == 1 { roles[first(id)] = .prefix }
    case .parameter, .parameterType:
      if tree.parameterForm(id).contains(.isRest) { roles[restMark(id)] = .prefix }
    case .call, .macroCall, .variantPattern:
      roles[main(id)] = .attachedOpener
      markList(main(id))
    case .index:
      roles[main(id)] = .attachedOpener
      markUnbroken(main(id))
    case .arrayType:
      roles[main(id)] = .attachedOpener
      markUnbroken(main(id))
    case .keyedItem, .tableTypeIndex: markUnbroken(main(id))
    case .array, .table, .structLiteral, .tableType, .tablePattern, .arrayPattern, .targetTuple:
      markList(main(id))
    case .tuple, .tupleType, .tuplePattern: markList(main(id), isSingleTuple: isSingle(id))
    case .functionType:
      roles[main(id) + 1] = .attachedOpener
      markList(main(id) + 1)
    case .importDeclaration, .exportNames:
      let opener = main(id) + (tree.importForm(id) == .types ? 2 : 1)
      if tokens[opener].kind == .leftBrace { markList(opener) }
    case .attribute:
      let next = last(tree.lhs(id)) + 1
      if tokens[next].kind == .leftParen, next < last(id) { roles[next] = .attachedOpener }
    case .segment, .genericMember: markTypeArguments(id)
    case .relaxedBound: roles[first(id)] = .prefixQuestion
    case .interpolated where node.detail == 1:
      roles[last(id)] = .debugMark
      roles[last(id) - 1] = .debugMark
    default: break
    }
  }

  /// The `...` of a parameter.
  private func restMark(_ id: NodeID) -> Int {
    var index = first(id)
    while tokens[index].kind != .ellipsis, index < last(id) { index += 1 }
    return index
  }

  /// Whether a tuple has one item without a name, so that its comma means something.
  private func isSingle(_ id: NodeID) -> Bool {
    let items = tree.lhsList(id)
    if items.count != 1 { return false }
    switch tree[tree.node(items, 0)].kind {
    case .namedItem, .namedType, .spread: return false
    default: return true
    }
  }

  private mutating func markTypeArguments(_ id: NodeID) {
    guard let last = tree.nodes(tree.typeArguments(id)).last else { return }
    let name = tree[id].kind == .segment ? main(id) : Int(tree.memberName(id).rawValue)
    roles[name + 1] = .angleOpener
    _ = closeAngle(after: last)
  }
}
