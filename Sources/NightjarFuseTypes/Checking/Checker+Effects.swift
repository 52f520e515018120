// `try`, `?` and casts: values from where types do not reach, and the ways of errors.
//
// SOURCE: Fuse reference, sections 5.24 and 5.25.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: `try`

  mutating func tryExpression(_ node: NodeID, _ want: Want) -> TypeID {
    let operand = tree.lhs(node)
    let wasUnsafe = body.isUnsafe
    let couldRaise = body.canRaise
    let wasDead = body.isDead
    body.isUnsafe = true
    body.canRaise = false
    var inner = Want.any
    if want.type != TypeStore.none, let value = resultParts(head(want.type))?.value {
      inner = .soft(value)
    }
    let type = check(operand, inner)
    if !body.canRaise, types.kind(type) != .error {
      report(.Fuse.cannotRaise(span: span(node)))
    }
    body.isUnsafe = wasUnsafe
    body.canRaise = couldRaise
    body.isDead = wasDead
    if types.kind(type) == .error { return type }
    guard let result = known.resultType, let error = known(trait: "Error") else {
      return TypeStore.error
    }
    let dynamic = types.intern(.dynamic(error, []))
    return self.type(of: result, [type, dynamic])
  }

  /// The value and the error of a `Result`.
  mutating func resultParts(_ type: TypeID) -> (value: TypeID, error: TypeID)? {
    for member in members(shared(type)) {
      if case .nominal(let id, let arguments) = types[shared(member)], id == known.resultType,
        arguments.count == 2
      {
        return (arguments[0], arguments[1])
      }
    }
    return nil
  }

  // MARK: `?`

  mutating func propagate(_ node: NodeID, _ want: Want) -> TypeID {
    let operand = tree.lhs(node)
    let type = shared(head(check(operand, .any)))
    if types.kind(type) == .error || type == TypeStore.never { return type }
    if let (value, error) = resultParts(type), types.kind(type) == .nominal {
      propagateError(node, type, error)
      return resolved(value)
    }
    if isOptional(type) {
      propagateNone(node, type)
      return withoutNil(type)
    }
    if type == TypeStore.unsafe {
      needUnsafe("`?` on an `unsafe` value", at: node)
    }
    // Outside of a function it has been told already.
    if !body.isFunction { return TypeStore.error }
    report(
      .Fuse.cannotPropagate(
        describe(guessed(type)),
        to: body.result == TypeStore.none ? "_" : describe(body.result),
        hint: "`?` is for a `Result` or an optional.",
        span: span(node)
      )
    )
    return TypeStore.error
  }

  private mutating func propagateError(_ node: NodeID, _ type: TypeID, _ error: TypeID) {
    guard body.isFunction else { return }
    if body.infersResult {
      guard let result = known.resultType else { return }
      let left = self.type(of: result, [TypeStore.never, error])
      body.result = body.result == TypeStore.none ? left : joinResults(body.result, left)
      return
    }
    if let (_, wanted) = resultParts(body.result), canAssign(node, error, to: wanted) { return }
    if types.kind(body.result) == .error || body.result == TypeStore.unsafe { return }
    report(
      .Fuse.cannotPropagate(
        describe(guessed(type)),
        to: describe(body.result),
        hint: nil,
        span: span(node)
      )
    )
  }

  /// The join of two results, part by part.
  mutating func joinResults(_ a: TypeID, _ b: TypeID) -> TypeID {
    guard let result = known.resultType, let x = resultParts(a), let y = resultParts(b) else {
      return join(a, b)
    }
    return type(of: result, [join(x.value, y.value), join(x.error, y.error)])
  }

  private mutating func propagateNone(_ node: NodeID, _ type: TypeID) {
    guard body.isFunction else { return }
    if body.infersResult {
      body.result = body.result == TypeStore.none ? TypeStore.nil : join(body.result, TypeStore.nil)
      return
    }
    if hasNil(body.result) || body.result == TypeStore.unsafe { return }
    if types.kind(body.result) == .error { return }
    report(
      .Fuse.cannotPropagate(
        describe(guessed(type)),
        to: describe(body.result),
        hint: nil,
        span: span(node)
      )
    )
  }

  // MARK: Casts

  mutating func cast(_ node: NodeID) -> TypeID {
    let value = tree.lhs(node)
    let target = resolveType(tree.rhs(node))
    let isTest = tree[node].detail == 1
    let found = check(value, .soft(target))
    let type = shared(head(found))
    if types.kind(type) == .error || type == TypeStore.never {
      return isTest ? optional(target) : target
    }
    if types.kind(target) == .error { return target }
    if !isTest, canAssign(value, type, to: target), type != TypeStore.unsafe || target == type {
      return target
    }
    if isTest, isSubtype(type, target) { return optionalCast(target) }
    checkCast(node, type, target, isPattern: false)
    if type == TypeStore.unsafe, !isTest, !body.isUnsafe {
      needUnsafe("converting an `unsafe` value", at: node)
    }
    return isTest ? optionalCast(target) : target
  }

  private mutating func optionalCast(_ type: TypeID) -> TypeID {
    isOptional(type) ? type : optional(type)
  }

  /// Looks at a conversion downwards: whether it can succeed, and whether the check sees all.
  mutating func checkCast(_ node: NodeID, _ type: TypeID, _ target: TypeID, isPattern: Bool) {
    if types.kind(target) == .error || types.kind(type) == .error || type == TypeStore.never {
      return
    }
    let place = tree.rhs(node)
    if let value = enumValue(type), isSubtype(value, target) || isSubtype(target, value) { return }
    if target == TypeStore.ustring, isSubtype(type, TypeStore.string) { return }
    if !canHold(type, target) {
      report(
        .Fuse.impossibleCast(describe(guessed(type)), describe(target), span: fullSpan(node))
      )
      return
    }
    if isPattern { return }
    if !isFullyChecked(target, from: type) {
      report(.Fuse.partlyChecked(describe(target), span: fullSpan(place)))
    }
  }

  /// The type of the values of an enum, if a type is one.
  func enumValue(_ type: TypeID) -> TypeID? {
    guard case .nominal(let id, _) = types[type], nominals[Int(id.rawValue)].kind == .enumType
    else { return nil }
    return enumValueType(id)
  }

  private mutating func canHold(_ type: TypeID, _ target: TypeID) -> Bool {
    for part in members(target) {
      for member in members(type) where shareValue(member, part) { return true }
    }
    return false
  }

  /// Whether a check at run time tells all that a type says.
  private mutating func isFullyChecked(_ target: TypeID, from type: TypeID) -> Bool {
    for part in members(target) {
      switch types[shared(part)] {
      case .array(let element):
        let arrays = members(type).contains { types.kind($0) == .array }
        if element == TypeStore.unsafe || arrays { continue }
        return false
      case .table(let table):
        if table.index != nil { return false }
        if table.fields.contains(where: { $0.type != TypeStore.unsafe }) { return false }
      case .tuple(let items):
        if !items.isEmpty { return false }
      case .function: return false
      case .nominal(let id, let arguments):
        if arguments.isEmpty { continue }
        // From a type that says as much, nothing is lost.
        let isKnown = members(type).contains { member in
          if case .nominal(let other, let own) = types[member] {
            return other == id && own == arguments
          }
          return false
        }
        if !isKnown { return false }
      case .dynamic(_, let arguments): if !arguments.isEmpty { return false }
      case .parameter: return false
      default: continue
      }
    }
    return true
  }
}
