// Values on their way to a place with a type: what is allowed there, what happens to them, and what is
// said if they do not fit.
//
// SOURCE: Fuse reference, section 4.5.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Checks an expression that must be of a type.
  @discardableResult
  mutating func check(
    _ node: NodeID,
    against type: TypeID,
    isExact: Bool = false,
    because: Reason? = nil
  ) -> TypeID {
    if tree[node].kind == .parenthesized {
      let found = check(tree.lhs(node), against: type, isExact: isExact, because: because)
      record(node, found)
      return found
    }
    let found = check(node, .hard(type))
    if passesOn(node) { return found }
    coerce(node, found, to: type, isExact: isExact, because: because)
    return found
  }

  /// Whether an expression hands what is wanted to the expressions in it.
  func passesOn(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .parenthesized, .ifExpression, .match, .block, .scopeBlock: true
    case .doBlock: !tree.qualifiers(node).contains(.isAsync)
    default: false
    }
  }

  /// Sees to it that the value of an expression fits a type, or reports that it does not.
  @discardableResult
  mutating func coerce(
    _ node: NodeID,
    _ found: TypeID,
    to wanted: TypeID,
    isExact: Bool = false,
    because: Reason? = nil
  ) -> Bool {
    if found == wanted || wanted == TypeStore.none { return true }
    if canAssign(node, found, to: wanted, isExact: isExact && !isFresh(node)) { return true }
    reportMismatch(node, found, wanted, because)
    return false
  }

  /// Whether an expression makes a value that nobody else knows.
  func isFresh(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .array, .table, .structLiteral, .tuple, .string, .number, .interpolation, .function: true
    case .parenthesized: isFresh(tree.lhs(node))
    default: false
    }
  }

  /// Whether a value can be had as another type, with what that takes.
  mutating func canAssign(
    _ node: NodeID,
    _ found: TypeID,
    to wanted: TypeID,
    isExact: Bool = false
  ) -> Bool {
    if wanted == TypeStore.unsafe { return true }
    let mark = bindings.count
    if isSubtype(found, wanted, isExact: isExact) { return true }
    undo(to: mark)
    let target = head(wanted)
    switch types.kind(target) {
    case .union:
      if hasNil(target) {
        if isOptional(found), boxes(withoutNil(found), withoutNil(target)) {
          return canAssign(node, withoutNil(found), to: withoutNil(target))
        }
        return canAssign(node, found, to: withoutNil(target), isExact: isExact)
      }
      for member in members(target) where boxes(found, member) {
        return canAssign(node, found, to: member)
      }
      return false
    case .dynamic: return box(node, found, target)
    case .own: return canAssign(node, found, to: shared(target), isExact: isExact)
    default: break
    }
    return false
  }

  /// Whether a value becomes an `impl Tr` by a box.
  private func boxes(_ found: TypeID, _ wanted: TypeID) -> Bool {
    types.kind(wanted) == .dynamic && types.kind(found) != .dynamic
  }

  private mutating func box(_ node: NodeID, _ found: TypeID, _ wanted: TypeID) -> Bool {
    guard case .dynamic(let trait, let arguments) = types[wanted], found != TypeStore.unsafe,
      let implemented = implementation(of: trait, for: found, arguments)
    else { return false }
    if case .dynamic = implemented.evidence { return true }
    need(implemented.evidence)
    if isUnboxed(shared(found), wanted) { return true }
    out.coercions[node] = .box(implemented.evidence)
    return true
  }

  // MARK: Messages

  /// Why a type is expected.
  enum Reason {
    case annotation(NodeID)
    case result(NodeID)
    case argument(String)
    case text(String)
  }

  mutating func reportMismatch(
    _ node: NodeID,
    _ found: TypeID,
    _ wanted: TypeID,
    _ because: Reason?
  ) {
    let found = guessed(found)
    let wanted = guessed(wanted)
    let flags = types.shape(found).flags.union(types.shape(wanted).flags)
    if flags.contains(.hasError) { return }
    if found == TypeStore.unsafe {
      report(.Fuse.unsafeConversion(describe(wanted), span: fullSpan(node)))
      return
    }
    if found == TypeStore.nil, tree[node].kind == .nilLiteral { return }
    var related: [RelatedSpan] = []
    var label = ""
    switch because {
    case .annotation(let place):
      related.append(
        RelatedSpan(span: fullSpan(place), label: "`\(describe(wanted))` because of this")
      )
    case .result(let place):
      related.append(
        RelatedSpan(span: fullSpan(place), label: "the result is a `\(describe(wanted))`")
      )
    case .argument(let name): label = "the argument for `\(name)`"
    case .text(let text): label = text
    case nil: break
    }
    report(
      .Fuse.mismatch(
        expected: describe(wanted),
        found: describe(found),
        span: fullSpan(node),
        label: label,
        related: related,
        hint: mismatchHint(found, wanted)
      )
    )
  }

  /// What may help if one type stands where another is expected.
  private mutating func mismatchHint(_ found: TypeID, _ wanted: TypeID) -> String? {
    if isOptional(found), !hasNil(wanted) {
      let rest = withoutNil(found)
      let mark = bindings.count
      defer { undo(to: mark) }
      if isSubtype(rest, wanted) {
        return "It may be `None`: test it with `!= None`, give another value with `or`, or use"
          + " `match`."
      }
    }
    if case .nominal(let id, let arguments) = types[found], id == known.resultType,
      let value = arguments.first
    {
      let mark = bindings.count
      defer { undo(to: mark) }
      if isSubtype(value, wanted) {
        return "It may be an `Err`: use `?`, `match`, or `unwrap_or`."
      }
    }
    if let (value, error) = resultParts(wanted), resultParts(found) == nil {
      let mark = bindings.count
      defer { undo(to: mark) }
      if isSubtype(found, value) { return "A value is given back as `Ok(…)`." }
      if isSubtype(found, error) { return "A mistake is given back as `Err(…)`." }
    }
    if wanted == TypeStore.string, found == TypeStore.number {
      return "Write `\"${…}\"` to make a text of a number."
    }
    if wanted == TypeStore.number, found == TypeStore.string {
      return "`tonumber(…)` reads a number from a text."
    }
    if wanted == TypeStore.ustring, found == TypeStore.string {
      return "`ustring::from(…)` makes a `ustring` of a `string`."
    }
    if types.kind(found) == .nominal, types.kind(wanted) == .dynamic {
      return "`\(describe(found))` does not implement the trait."
    }
    return nil
  }
}
