// What a pattern says of the type that is matched, and what it leaves of it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Narrows the variable that is matched to what a pattern implies.
  mutating func narrow(_ scrutinee: NodeID, to pattern: NodeID, _ rest: TypeID) {
    if let text = typeofScrutinee(scrutinee), let index = variable(text) {
      narrowTypeof(index, pattern)
      return
    }
    narrow(scrutinee, type: narrowedBy(pattern, rest))
  }

  mutating func narrow(_ scrutinee: NodeID, type: TypeID) {
    guard let index = variable(scrutinee) else { return }
    let known = head(variableType(index))
    if types.kind(known) == .union || known == TypeStore.unknown, known != type {
      narrow(index, type)
    }
  }

  private func typeofScrutinee(_ node: NodeID) -> NodeID? {
    let node = unparenthesized(node)
    guard tree[node].kind == .call, let call = out.calls[node],
      case .expression(let argument)? = call.arguments.first
    else { return nil }
    switch call.target {
    case .foreign(let function), .function(let function):
      let declaration = functions[Int(function.rawValue)]
      return declaration.module == 0 && spelling(declaration.name) == "typeof" ? argument : nil
    default: return nil
    }
  }

  private mutating func narrowTypeof(_ index: Int32, _ pattern: NodeID) {
    guard tree[pattern].kind == .literalPattern, case .string(let bytes)? = patternConstant(pattern)
    else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let type = head(variableType(index))
    if type == TypeStore.unknown {
      switch text {
      case "number": narrow(index, TypeStore.number)
      case "string": narrow(index, TypeStore.string)
      case "boolean": narrow(index, TypeStore.boolean)
      default: break
      }
      return
    }
    let kept = members(type).filter { runtimeTypes($0).contains(text) }
    if kept.count < members(type).count { narrow(index, union(kept)) }
  }

  /// The type of a value that fits a pattern.
  mutating func narrowedBy(_ pattern: NodeID, _ type: TypeID) -> TypeID {
    switch tree[pattern].kind {
    case .parenthesizedPattern: return narrowedBy(tree.lhs(pattern), type)
    case .castPattern:
      let target = resolveType(tree.rhs(pattern))
      let kept = members(type).filter { isSubtype($0, target) }
      return kept.isEmpty ? target : union(kept)
    case .literalPattern:
      guard let constant = patternConstant(pattern) else { return TypeStore.nil }
      let literal = types.intern(.literal(constant))
      return members(type).contains(literal)
        ? literal : union(members(type).filter { shareValue($0, literal) })
    case .name, .path:
      if case .none? = out.uses[pattern] { return TypeStore.nil }
      return union(members(type).filter { fits(pattern, $0) })
    case .variantPattern:
      if case .some? = out.uses[tree.lhs(pattern)] { return withoutNil(type) }
      return union(members(type).filter { fits(tree.lhs(pattern), $0) })
    case .andPattern: return narrowedBy(tree.rhs(pattern), narrowedBy(tree.lhs(pattern), type))
    case .orPattern:
      return union([narrowedBy(tree.lhs(pattern), type), narrowedBy(tree.rhs(pattern), type)])
    case .tuplePattern:
      let count = tree.lhsList(pattern).count
      return union(
        members(type).filter {
          if case .tuple(let items) = types[shared($0)] { return items.count == count }
          return false
        }
      )
    case .arrayPattern: return union(members(type).filter { types.kind(shared($0)) == .array })
    default: return type
    }
  }

  /// Whether a member of a union has the variant that a path means.
  mutating func fits(_ path: NodeID, _ type: TypeID) -> Bool {
    guard case .variant(let nominal, _)? = out.uses[path] else { return true }
    if case .nominal(let id, _) = types[shared(type)] { return id == nominal }
    return false
  }

  /// What is left of a type for the arms after a pattern without guard.
  mutating func remainder(_ type: TypeID, after pattern: NodeID) -> TypeID {
    switch tree[pattern].kind {
    case .parenthesizedPattern: return remainder(type, after: tree.lhs(pattern))
    case .castPattern:
      guard isIrrefutable(tree.lhs(pattern)) else { return type }
      let target = resolveType(tree.rhs(pattern))
      if types.kind(type) != .union { return type }
      return union(members(type).filter { !isSubtype($0, target) })
    case .literalPattern:
      guard let constant = patternConstant(pattern) else { return withoutNil(type) }
      let literal = types.intern(.literal(constant))
      let all = members(type)
      if all.contains(literal) { return union(all.filter { $0 != literal }) }
      if case .boolean(let value) = constant, all.contains(TypeStore.boolean) {
        let other = value ? TypeStore.false : TypeStore.true
        return union(all.map { $0 == TypeStore.boolean ? other : $0 })
      }
      return type
    case .name, .path:
      if case .none? = out.uses[pattern] { return withoutNil(type) }
      return type
    case .variantPattern:
      guard case .some? = out.uses[tree.lhs(pattern)],
        let item = tree.nodes(tree.rhsList(pattern)).first, isIrrefutable(inner(item))
      else { return type }
      return hasNil(type) ? TypeStore.nil : type
    case .orPattern:
      return remainder(remainder(type, after: tree.lhs(pattern)), after: tree.rhs(pattern))
    default: return type
    }
  }

  /// Whether a pattern fits everything.
  func isIrrefutable(_ pattern: NodeID) -> Bool {
    switch tree[pattern].kind {
    case .binding, .wildcard: true
    case .parenthesizedPattern: isIrrefutable(tree.lhs(pattern))
    default: false
    }
  }
}
