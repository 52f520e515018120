// Operators: on primitives by the target's own, on other types by methods of traits.
//
// SOURCE: Fuse reference, section 5.6.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: One operand

  mutating func unary(_ node: NodeID) -> TypeID {
    let operand = tree.lhs(node)
    let operation = tree.unaryOperator(node)
    if operation == .not {
      check(operand, .any)
      return TypeStore.boolean
    }
    let type = shared(head(check(operand, .any)))
    switch types.kind(type) {
    case .error, .never: return TypeStore.error
    default: break
    }
    switch operation {
    case .length: return length(node, operand, type)
    case .negate, .plus, .complement:
      if isSubtype(type, TypeStore.number) { return TypeStore.number }
      if type == TypeStore.unsafe { return unsafeOperand(node, operand) }
      if operation != .plus,
        let result = byTrait(node, operation == .negate ? "Neg" : "BitNot", type)
      {
        return result
      }
    case .not: break
    }
    report(
      .Fuse.noUnaryOperator(tokenText(node), describe(guessed(type)), span: fullSpan(operand))
    )
    return TypeStore.error
  }

  private func tokenText(_ node: NodeID) -> String {
    String(decoding: tree.text(of: tree[node].mainToken), as: UTF8.self)
  }

  private mutating func length(_ node: NodeID, _ operand: NodeID, _ type: TypeID) -> TypeID {
    switch types.kind(widened(type)) {
    case .string, .ustring: return TypeStore.number
    case .array:
      out.operations[node] = .array
      return TypeStore.number
    case .table:
      if case .table(let table) = types[type], table.index != nil || !table.fields.isEmpty {
        out.operations[node] = .table
        return TypeStore.number
      }
    case .unsafe:
      _ = unsafeOperand(node, operand)
      return TypeStore.unsafe
    default: break
    }
    if let result = byTrait(node, "Len", type) { return result }
    if let name = types.known(name: "len"), let (member, _) = inherentMember(type, name, node),
      case .function(let function) = member.kind, isLibrary(member.module)
    {
      need(function)
      out.operations[node] = .inherent(function)
      return TypeStore.number
    }
    report(.Fuse.noUnaryOperator("#", describe(guessed(type)), span: fullSpan(operand)))
    return TypeStore.error
  }

  /// Arithmetic on an `unsafe` value: in an unsafe context, after a test for `nil`.
  private mutating func unsafeOperand(_ node: NodeID, _ operand: NodeID) -> TypeID {
    needUnsafe("an operation on an `unsafe` value", at: node)
    out.operations[node] = .unsafe
    if body.isUnsafe { checkGuarded(operand) }
    return TypeStore.unsafe
  }

  /// Reports an `unsafe` operand that may be `nil`.
  private mutating func checkGuarded(_ operand: NodeID) {
    if tree[operand].kind == .parenthesized { return checkGuarded(tree.lhs(operand)) }
    if case .own(let index) = names.reference(of: operand), isGuarded(index) { return }
    if tree[operand].kind == .cast { return }
    let text = String(decoding: tree.source[fullSpan(operand).range], as: UTF8.self)
    report(.Fuse.mayBeNilHere(text, span: fullSpan(operand)))
  }

  /// A unary operator by a trait.
  private mutating func byTrait(_ node: NodeID, _ name: String, _ type: TypeID) -> TypeID? {
    guard let trait = known(trait: name), let found = implementation(of: trait, for: type),
      let function = traits[Int(trait.rawValue)].methods.first
    else { return nil }
    need(found.evidence)
    out.operations[node] = .trait(function, found.evidence)
    return found.arguments.last ?? TypeStore.number
  }

  // MARK: Two operands

  /// Checks a chain that grows to the left in a loop, as it may be long.
  mutating func binary(_ node: NodeID, _ want: Want) -> TypeID {
    let operation = tree.binaryOperator(node) ?? .add
    if operation == .and || operation == .or { return logical(node, operation, want) }
    if tree[tree.lhs(node)].kind != .binary { return binary(node, operation, TypeStore.none) }
    var chain = [node]
    var left = tree.lhs(node)
    while tree[left].kind == .binary, let inner = tree.binaryOperator(left), inner != .and,
      inner != .or
    {
      chain.append(left)
      left = tree.lhs(left)
    }
    var type = TypeStore.none
    for part in chain.reversed() {
      type = binary(part, tree.binaryOperator(part) ?? .add, type)
      if part != node { record(part, type) }
    }
    return type
  }

  mutating func binary(
    _ node: NodeID,
    _ operation: FuseBinaryOperator,
    _ known: TypeID
  ) -> TypeID {
    let left = tree.lhs(node)
    let right = tree.rhs(node)
    switch operation {
    case .equal, .notEqual: return equality(node, left, right, known)
    case .contains, .notContains: return containment(node, left, right)
    case .range:
      if let text = textRange(node, left, right) { return text }
      check(left, against: TypeStore.number)
      check(right, against: TypeStore.number)
      return self.known.rangeType.map { type(of: $0, []) } ?? TypeStore.error
    default: break
    }
    let a = shared(head(known == TypeStore.none ? check(left, .any) : known))
    let b = shared(head(check(right, .any)))
    // A chain of comparisons has been told.
    if operation.isComparison, isComparison(left) || isComparison(right) {
      return TypeStore.boolean
    }
    if a == TypeStore.number, b == TypeStore.number {
      return operation.isComparison ? TypeStore.boolean : TypeStore.number
    }
    return operate(node, operation, a, b, left, right)
  }

  /// Whether an expression compares, without parentheses around it.
  private func isComparison(_ node: NodeID) -> Bool {
    tree[node].kind == .binary && (tree.binaryOperator(node)?.isComparison ?? false)
  }

  /// Two dots between texts, as Lua joins them.
  private mutating func textRange(_ node: NodeID, _ left: NodeID, _ right: NodeID) -> TypeID? {
    let kinds: [FuseNodeKind] = [.string, .interpolation]
    guard kinds.contains(tree[left].kind) || kinds.contains(tree[right].kind) else { return nil }
    let a = check(left, .any)
    let b = check(right, .any)
    report(
      .Fuse.noOperator(
        "..",
        describe(a),
        describe(b),
        span: span(node),
        left: fullSpan(left),
        right: fullSpan(right),
        hint: nil
      )
    )
    return TypeStore.error
  }

  /// The result of an arithmetic or ordering operator.
  mutating func operate(
    _ node: NodeID,
    _ operation: FuseBinaryOperator,
    _ a: TypeID,
    _ b: TypeID,
    _ left: NodeID,
    _ right: NodeID
  ) -> TypeID {
    for type in [a, b] where types.kind(type) == .error || types.kind(type) == .never {
      return operation.isComparison ? TypeStore.boolean : TypeStore.error
    }
    if a == TypeStore.unsafe || b == TypeStore.unsafe {
      needUnsafe("an operation on an `unsafe` value", at: node)
      out.operations[node] = .unsafe
      if body.isUnsafe {
        if a == TypeStore.unsafe { checkGuarded(left) }
        if b == TypeStore.unsafe { checkGuarded(right) }
      }
      return operation.isComparison ? TypeStore.boolean : TypeStore.unsafe
    }
    fix(a, b)
    let x = widened(resolved(a))
    let y = widened(resolved(b))
    if isSubtype(x, TypeStore.number), isSubtype(y, TypeStore.number) {
      return operation.isComparison ? TypeStore.boolean : TypeStore.number
    }
    if operation == .add, let text = concatenation(x, y) {
      out.operations[node] = .concatenate
      return text
    }
    if operation.isComparison, let result = ordering(node, x, y) { return result }
    if !operation.isComparison, let result = byTraits(node, operation, x, y, right) {
      return result
    }
    reportOperator(node, operation, x, y, left, right)
    return TypeStore.error
  }

  /// An open type becomes that of the other operand.
  mutating func fix(_ a: TypeID, _ b: TypeID) {
    if types.kind(a) == .variable, types.kind(b) != .variable { _ = isSubtype(a, b) }
    if types.kind(b) == .variable, types.kind(a) != .variable { _ = isSubtype(b, a) }
  }

  /// The type of `+` where a text is made.
  private mutating func concatenation(_ a: TypeID, _ b: TypeID) -> TypeID? {
    let aIsText = isSubtype(a, TypeStore.string)
    let bIsText = isSubtype(b, TypeStore.string)
    if !aIsText && !bIsText { return nil }
    if !aIsText && !isSubtype(a, TypeStore.number) { return nil }
    if !bIsText && !isSubtype(b, TypeStore.number) { return nil }
    return a == TypeStore.ustring && b == TypeStore.ustring ? TypeStore.ustring : TypeStore.string
  }

  /// The result of an ordering of texts, or by `Ord`.
  private mutating func ordering(_ node: NodeID, _ a: TypeID, _ b: TypeID) -> TypeID? {
    if isSubtype(a, TypeStore.string), isSubtype(b, TypeStore.string) { return TypeStore.boolean }
    guard let trait = known(trait: "Ord"), let function = traits[Int(trait.rawValue)].methods.first
    else { return nil }
    let wanted = isSubtype(b, a) ? a : isSubtype(a, b) ? b : TypeStore.none
    guard wanted != TypeStore.none, let found = implementation(of: trait, for: wanted) else {
      return nil
    }
    need(found.evidence)
    out.operations[node] = .trait(function, found.evidence)
    return TypeStore.boolean
  }

  /// An operator by the trait of its left operand, or that of its right one.
  private mutating func byTraits(
    _ node: NodeID,
    _ operation: FuseBinaryOperator,
    _ a: TypeID,
    _ b: TypeID,
    _ right: NodeID
  ) -> TypeID? {
    guard let name = Self.trait(of: operation) else { return nil }
    if let trait = known(trait: name), let function = traits[Int(trait.rawValue)].methods.first {
      if let found = implementation(of: trait, for: a, [b, TypeStore.none])
        ?? coerced(trait, a, b, right)
      {
        need(found.evidence)
        out.operations[node] = .trait(function, found.evidence)
        return found.arguments.last ?? TypeStore.error
      }
    }
    if let trait = known(trait: name + "Right"),
      let function = traits[Int(trait.rawValue)].methods.first,
      let found = implementation(of: trait, for: b, [a, TypeStore.none])
    {
      need(found.evidence)
      out.operations[node] = .traitRight(function, found.evidence)
      return found.arguments.last ?? TypeStore.error
    }
    return nil
  }

  /// The implementation whose right operand the value can be assigned to.
  private mutating func coerced(_ trait: TraitID, _ a: TypeID, _ b: TypeID, _ right: NodeID)
    -> Implemented?
  {
    guard let found = implementation(of: trait, for: a), let wanted = found.arguments.first,
      canAssign(right, b, to: wanted)
    else { return nil }
    return found
  }

  static func trait(of operation: FuseBinaryOperator) -> String? {
    switch operation {
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .floorDivide: "FloorDiv"
    case .modulo: "Rem"
    case .power: "Pow"
    case .bitAnd: "BitAnd"
    case .bitOr: "BitOr"
    case .bitXor: "BitXor"
    case .shiftLeft: "Shl"
    case .shiftRight: "Shr"
    default: nil
    }
  }

  mutating func reportOperator(
    _ node: NodeID,
    _ operation: FuseBinaryOperator,
    _ a: TypeID,
    _ b: TypeID,
    _ left: NodeID,
    _ right: NodeID
  ) {
    let a = guessed(a)
    let b = guessed(b)
    if types.shape(a).flags.union(types.shape(b).flags).contains(.hasError) { return }
    var hint: String?
    if isOptional(a) || isOptional(b) {
      hint = "An operand may be `None`: test it first, or give another value with `or`."
    } else if a == TypeStore.string || b == TypeStore.string,
      operation == .multiply
        || operation == .subtract || operation == .divide
    {
      hint = "`tonumber(…)` reads a number from a text."
    }
    report(
      .Fuse.noOperator(
        operation.spelling,
        describe(a),
        describe(b),
        span: span(node),
        left: fullSpan(left),
        right: fullSpan(right),
        hint: hint
      )
    )
  }

  // MARK: `and`, `or`

  private mutating func logical(
    _ node: NodeID,
    _ operation: FuseBinaryOperator,
    _ want: Want
  ) -> TypeID {
    let left = tree.lhs(node)
    let right = tree.rhs(node)
    let leftWant: Want = want.type == TypeStore.none ? .any : .soft(optional(want.type))
    let a = shared(head(check(left, leftWant)))
    if operation == .or, isAlwaysTruthy(a) {
      report(.Fuse.alwaysTrue(describe(a), span: fullSpan(left), isLeftOfOr: true))
    }
    let mark = trail.count
    apply(left, isTrue: operation == .and)
    let isDead = body.isDead
    let b = check(right, want.type == TypeStore.none ? .any : .soft(want.type))
    body.isDead = isDead
    undoFacts(to: mark)
    if types.kind(a) == .error { return want.mode == .any ? shared(b) : TypeStore.error }
    if types.kind(b) == .error { return TypeStore.error }
    if a == TypeStore.boolean, b == TypeStore.boolean { return TypeStore.boolean }
    if a == TypeStore.unsafe { return TypeStore.unsafe }
    if operation == .or {
      let kept = truthy(a)
      if want.type != TypeStore.none, b != TypeStore.never, !isSubtype(b, kept),
        canAssign(right, b, to: want.type), canAssign(left, kept, to: want.type)
      {
        return want.type
      }
      return join(kept, b)
    }
    let kept = falsy(a)
    if kept == TypeStore.never, b == TypeStore.never { return b }
    return join(kept, b)
  }
}
