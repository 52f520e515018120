// Expressions: each kind has its own function in one of the files beside; here is who gets which.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks an expression; gives the type of its value, which is kept for the node.
  @discardableResult
  mutating func check(_ node: NodeID, _ want: Want) -> TypeID {
    if nesting > Self.nestingMax { return tooDeep(node) }
    nesting += 1
    defer { nesting -= 1 }
    var type = find(node, want)
    if type == TypeStore.none { type = TypeStore.error }
    record(node, type)
    if type == TypeStore.never { body.isDead = true }
    return type
  }

  /// How deep expressions may lie in one another.
  static let nestingMax = 240

  private mutating func tooDeep(_ node: NodeID) -> TypeID {
    if out.diagnostics.last?.code != .Fuse.`internal` { report(.Fuse.tooDeep(span: span(node))) }
    return TypeStore.error
  }

  private mutating func find(_ node: NodeID, _ want: Want) -> TypeID {
    switch tree[node].kind {
    case .name: return nameValue(node, want)
    case .call: return call(node, want)
    case .number: return numberValue(node, want)
    case .string: return stringValue(node, want)
    case .binary: return binary(node, want)
    case .member, .genericMember: return member(node, want)
    case .selfValue: return selfValue(node)
    case .path: return pathValue(node, want)
    case .index: return index(node)
    case .unary: return unary(node)
    case .parenthesized: return parenthesized(node, want)
    case .trueLiteral: return booleanValue(true, want)
    case .falseLiteral: return booleanValue(false, want)
    case .nilLiteral: return nilValue(node, want)
    case .interpolation: return interpolation(node, want)
    case .ifExpression: return ifExpression(node, want)
    case .match: return match(node, want)
    case .function: return closure(node, want)
    default: return rare(node, want)
    }
  }

  /// What is wanted of a value in parentheses is wanted of the value.
  private mutating func parenthesized(_ node: NodeID, _ want: Want) -> TypeID {
    let inner = tree.lhs(node)
    if want.mode == .hard { return check(inner, against: want.type, isExact: true) }
    return check(inner, want)
  }

  private mutating func rare(_ node: NodeID, _ want: Want) -> TypeID {
    switch tree[node].kind {
    case .array: return arrayValue(node, want)
    case .table: return tableValue(node, want)
    case .tuple: return tupleValue(node, want)
    case .structLiteral: return structValue(node, want)
    case .tupleMember: return tupleMember(node)
    case .cast: return cast(node)
    case .try: return tryExpression(node, want)
    case .propagate: return propagate(node, want)
    case .doBlock: return doBlock(node, want)
    case .block: return block(node, want)
    case .globalTable: return TypeStore.unsafe
    case .await: return awaitExpression(node)
    case .scopeBlock: return scopeBlock(node, want)
    case .macroCall:
      report(.Fuse.notAvailable("macros", target: targetName, span: fullSpan(node)))
      return TypeStore.error
    case .quotation, .splice, .spliceList, .spliceExpression: return TypeStore.error
    default: return TypeStore.error
    }
  }

  // MARK: Literals

  private mutating func numberValue(_ node: NodeID, _ want: Want) -> TypeID {
    if want.type == TypeStore.none || want.type == TypeStore.number { return TypeStore.number }
    return literal(.number(tree.number(tree[node].mainToken)), want)
  }

  private mutating func booleanValue(_ value: Bool, _ want: Want) -> TypeID {
    if want.type == TypeStore.none || want.type == TypeStore.boolean { return TypeStore.boolean }
    return literal(.boolean(value), want)
  }

  /// The type of a literal: its own where that is expected, else its primitive.
  mutating func literal(_ constant: FuseConstant, _ want: Want) -> TypeID {
    let primitive = primitive(of: constant)
    let expected = head(want.type)
    if types.kind(expected) == .literal || types.kind(expected) == .union {
      let all = members(expected)
      if all.contains(primitive) { return primitive }
      if all.contains(where: {
        types.kind($0) == .literal && self.primitive(ofLiteral: $0) == primitive
      }) {
        return types.intern(.literal(constant))
      }
    }
    return primitive
  }

  private mutating func stringValue(_ node: NodeID, _ want: Want) -> TypeID {
    let token = tree[node].mainToken
    if tree.isUnicode(token) { return TypeStore.ustring }
    if want.type != TypeStore.none, want.type != TypeStore.string {
      let expected = head(want.type)
      let all = members(shared(expected))
      if all.contains(TypeStore.ustring), !all.contains(TypeStore.string) {
        return TypeStore.ustring
      }
      let isLiteral = all.contains { types.kind($0) == .literal }
      if isLiteral, !all.contains(TypeStore.string) {
        return literal(.string(tree.stringValue(token)), want)
      }
    }
    if tree[token].flags.contains(.hasNonASCII) { warnNonASCII(token) }
    return TypeStore.string
  }

  private mutating func warnNonASCII(_ token: TokenID) {
    report(
      .Fuse.nonASCIIString(
        span: tree[token].span,
        quoteStart: Span(start: tree[token].start, end: tree[token].start)
      )
    )
  }

  private mutating func nilValue(_ node: NodeID, _ want: Want) -> TypeID {
    if body.isUnsafe { return TypeStore.nil }
    if want.type != TypeStore.none {
      let expected = head(want.type)
      if hasNil(expected) || expected == TypeStore.unsafe || expected == TypeStore.error {
        return TypeStore.nil
      }
    }
    report(.Fuse.nilValue(span: span(node)))
    return TypeStore.error
  }

  /// Checks a string with expressions in it.
  private mutating func interpolation(_ node: NodeID, _ want: Want) -> TypeID {
    let pieces = tree.nodes(tree.lhsList(node))
    var isUnicode = pieces.first.map { tree.isUnicode(tree[$0].mainToken) } ?? false
    let expected = want.type == TypeStore.none ? want.type : head(want.type)
    var areParts = true
    for piece in pieces {
      guard tree[piece].kind == .interpolated else { continue }
      let value = tree.lhs(piece)
      let type = check(value, .any)
      let isDebug = tree[piece].detail == 1
      if shared(head(type)) != TypeStore.ustring { areParts = false }
      noteText(piece, value, type, isDebug ? "Debug" : "Display")
    }
    if expected != TypeStore.none, members(expected).contains(TypeStore.ustring),
      !members(expected).contains(TypeStore.string)
    {
      isUnicode = true
    }
    return isUnicode && areParts ? TypeStore.ustring : TypeStore.string
  }

  /// Notes how a value in a string becomes a text.
  private mutating func noteText(
    _ piece: NodeID,
    _ value: NodeID,
    _ type: TypeID,
    _ trait: String
  ) {
    let type = head(type)
    switch type {
    case TypeStore.number, TypeStore.string, TypeStore.ustring, TypeStore.error, TypeStore.never:
      if trait == "Display" { return }
    default: break
    }
    if type == TypeStore.error { return }
    guard let id = known(trait: trait) else { return }
    if type == TypeStore.unsafe {
      needUnsafe("making a text of an `unsafe` value", at: value)
      return
    }
    if let found = implementation(of: id, for: type) {
      need(found.evidence)
      out.texts[piece] = found.evidence
    } else {
      report(.Fuse.noText(describe(type), trait, span: fullSpan(value)))
    }
  }

  // MARK: Needs

  /// Reports what only an unsafe context may do; in one, notes that it can raise.
  mutating func needUnsafe(_ operation: String, at node: NodeID) {
    body.canRaise = true
    if body.isUnsafe { return }
    report(
      .Fuse.needsUnsafe(operation, untyped: untypedParameter(node), span: fullSpan(node))
    )
  }

  /// A parameter without a type that an operation is done with.
  private func untypedParameter(_ node: NodeID) -> String? {
    switch tree[node].kind {
    case .name:
      guard case .own(let index) = names.reference(of: node),
        out.declarationTypes[Int(index)] == TypeStore.unsafe
      else { return nil }
      let declaration = names.declarations[Int(index)]
      guard case .parameter = declaration.kind, !tree.lhs(declaration.node).isPresent else {
        return nil
      }
      return String(decoding: tree.name(ofSymbol: declaration.symbol), as: UTF8.self)
    case .binary: return untypedParameter(tree.lhs(node)) ?? untypedParameter(tree.rhs(node))
    case .unary, .member, .index, .call, .parenthesized: return untypedParameter(tree.lhs(node))
    default: return nil
    }
  }

  /// The name of the target, for messages.
  var targetName: String { program.target.rawValue }
}
