// Facts about variables: what a condition says of the values of names, where it holds.
//
// SOURCE: Fuse reference, section 4.7.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Keeping facts

  /// Narrows a variable until the facts are taken back.
  mutating func narrow(_ declaration: Int32, _ type: TypeID) {
    let index = Int(declaration)
    guard index < narrowed.count else { return }
    let flags = names.declarations[index].flags
    if flags.contains(.isAssignedInside) { return }
    trail.append(NarrowedName(declaration: declaration, type: narrowed[index]))
    narrowed[index] = type
  }

  /// Takes back what was learned after a mark.
  mutating func undoFacts(to mark: Int) {
    while trail.count > mark, let last = trail.popLast() {
      if last.declaration < 0 {
        guarded.remove(~last.declaration)
      } else {
        narrowed[Int(last.declaration)] = last.type
      }
    }
  }

  /// Notes that an `unsafe` variable is not `nil`.
  private mutating func guardAgainstNil(_ declaration: Int32) {
    if guarded.insert(declaration).inserted {
      trail.append(NarrowedName(declaration: ~declaration, type: TypeStore.none))
    }
  }

  /// Forgets what is known of a place that is assigned.
  mutating func forget(_ target: NodeID) {
    guard tree[target].kind == .name, case .own(let index) = names.reference(of: target) else {
      return
    }
    forget(index)
  }

  mutating func forget(_ declaration: Int32) {
    let index = Int(declaration)
    guard index < narrowed.count else { return }
    guarded.remove(declaration)
    if narrowed[index] == TypeStore.none { return }
    narrowed[index] = TypeStore.none
    for place in trail.indices where trail[place].declaration == declaration {
      trail[place].type = TypeStore.none
    }
  }

  /// Forgets what is known of variables that a loop assigns.
  mutating func forgetAssigned(in loop: NodeID) {
    if trail.isEmpty, guarded.isEmpty { return }
    let first = tree[loop].firstToken
    var place = Int(loop.rawValue) - 1
    while place > 0 {
      let node = tree.nodes[place]
      if node.firstToken < first { break }
      if node.kind == .assignment { forgetTargets(NodeID(node.lhs)) }
      place -= 1
    }
  }

  private mutating func forgetTargets(_ target: NodeID) {
    if tree[target].kind == .targetTuple {
      for item in tree.nodes(tree.lhsList(target)) { forget(item) }
    } else {
      forget(target)
    }
  }

  /// Whether an `unsafe` variable is known not to be `nil`.
  func isGuarded(_ declaration: Int32) -> Bool { guarded.contains(declaration) }

  // MARK: Learning facts

  /// Learns from a condition that is true or false.
  mutating func apply(_ condition: NodeID, isTrue: Bool) {
    // A condition deeper than expressions may be says nothing.
    if factDepth > 100 { return }
    factDepth += 1
    defer { factDepth -= 1 }
    let node = unparenthesized(condition)
    switch tree[node].kind {
    case .name, .selfValue:
      if let index = variable(node) { applyTruth(index, isTrue) }
    case .unary where tree.unaryOperator(node) == .not: apply(tree.lhs(node), isTrue: !isTrue)
    case .binary: applyBinary(node, isTrue)
    case .call: applyCall(node, isTrue)
    default: break
    }
  }

  /// The variable that an expression is.
  func variable(_ node: NodeID) -> Int32? {
    let node = unparenthesized(node)
    guard tree[node].kind == .name || tree[node].kind == .selfValue,
      case .own(let index) = names.reference(of: node)
    else { return nil }
    switch names.declarations[Int(index)].kind {
    case .variable, .parameter, .selfParameter: return index
    default: return nil
    }
  }

  private mutating func applyTruth(_ index: Int32, _ isTrue: Bool) {
    let type = head(variableType(index))
    if type == TypeStore.unsafe {
      if isTrue { guardAgainstNil(index) }
      return
    }
    switch types.kind(type) {
    case .union, .boolean, .nil, .literal: break
    default: return
    }
    let known = isTrue ? truthy(type) : falsy(type)
    // `boolean` variables stay `boolean`: nobody wants `true` in a message.
    if type == TypeStore.boolean { return }
    narrow(index, known)
  }

  private mutating func applyBinary(_ node: NodeID, _ isTrue: Bool) {
    let left = tree.lhs(node)
    let right = tree.rhs(node)
    switch tree.binaryOperator(node) {
    case .and?:
      if isTrue {
        apply(left, isTrue: true)
        apply(right, isTrue: true)
      } else {
        applyEither(left, right, isTrue: false)
      }
    case .or?:
      if isTrue {
        applyEither(left, right, isTrue: true)
      } else {
        apply(left, isTrue: false)
        apply(right, isTrue: false)
      }
    case .equal?:
      applyEqual(left, right, isTrue)
      applyEqual(right, left, isTrue)
    case .notEqual?:
      applyEqual(left, right, !isTrue)
      applyEqual(right, left, !isTrue)
    default: break
    }
  }

  /// The facts that both of two conditions give.
  private mutating func applyEither(_ left: NodeID, _ right: NodeID, isTrue: Bool) {
    let mark = trail.count
    apply(left, isTrue: isTrue)
    var first: [Int32: TypeID] = [:]
    for entry in trail[mark...] where entry.declaration >= 0 {
      first[entry.declaration] = narrowed[Int(entry.declaration)]
    }
    undoFacts(to: mark)
    if first.isEmpty { return }
    // The right operand is looked at only if the left one is not as it should be.
    apply(left, isTrue: !isTrue)
    apply(right, isTrue: isTrue)
    var second: [Int32: TypeID] = [:]
    for entry in trail[mark...] where entry.declaration >= 0 {
      second[entry.declaration] = narrowed[Int(entry.declaration)]
    }
    undoFacts(to: mark)
    for declaration in first.keys.sorted() {
      guard let a = first[declaration], let b = second[declaration] else { continue }
      narrow(declaration, union([a, b]))
    }
  }

  private mutating func applyEqual(_ subject: NodeID, _ other: NodeID, _ isTrue: Bool) {
    let subject = unparenthesized(subject)
    if let text = typeofArgument(subject), case .string(let bytes)? = fold(other)?.constant {
      if let index = variable(text) {
        applyRuntimeType(index, String(decoding: bytes, as: UTF8.self), isTrue)
      }
      return
    }
    guard let index = variable(subject) else { return }
    let type = head(variableType(index))
    let inner = unparenthesized(other)
    let isNone = out.nodeTypes[Int(inner.rawValue)] == TypeStore.nil
    if type == TypeStore.unsafe {
      if isNone, !isTrue { guardAgainstNil(index) }
      return
    }
    if isNone {
      narrow(index, isTrue ? TypeStore.nil : withoutNil(type))
      return
    }
    guard let constant = fold(other)?.constant else { return }
    let literal = types.intern(.literal(constant))
    let all = members(type)
    guard all.contains(literal) else {
      if isTrue, hasNil(type) { narrow(index, withoutNil(type)) }
      return
    }
    narrow(index, isTrue ? literal : union(all.filter { $0 != literal }))
  }

  /// The argument of `typeof(x)`.
  private func typeofArgument(_ node: NodeID) -> NodeID? {
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

  private mutating func applyRuntimeType(_ index: Int32, _ text: String, _ isTrue: Bool) {
    let type = head(variableType(index))
    if type == TypeStore.unsafe {
      if isTrue, text != "nil" { guardAgainstNil(index) }
      return
    }
    var kept: [TypeID] = []
    for member in members(type) {
      if member == TypeStore.unknown, isTrue {
        switch text {
        case "number": kept.append(TypeStore.number)
        case "string": kept.append(TypeStore.string)
        case "boolean": kept.append(TypeStore.boolean)
        default: kept.append(member)
        }
        continue
      }
      let own = runtimeTypes(member)
      let fits = own.contains(text)
      if isTrue ? fits : !(fits && own.count == 1) { kept.append(member) }
    }
    narrow(index, union(kept))
  }

  /// What `typeof` may say of the values of a type.
  func runtimeTypes(_ type: TypeID) -> [String] {
    switch types[type] {
    case .number: return ["number"]
    case .string, .ustring: return ["string"]
    case .boolean: return ["boolean"]
    case .nil: return ["nil"]
    case .literal(let constant):
      switch constant {
      case .boolean: return ["boolean"]
      case .number: return ["number"]
      case .string: return ["string"]
      }
    case .array, .table, .anyTable, .tuple: return ["table"]
    case .function: return ["function"]
    case .nominal(let id, _):
      switch nominals[Int(id.rawValue)].kind {
      case .enumType: return [enumValueType(id) == TypeStore.string ? "string" : "number"]
      case .opaque: return ["table", "userdata", "cdata", "thread"]
      default: return ["table"]
      }
    default:
      return [
        "nil", "boolean", "number", "string", "table", "function", "thread", "userdata", "cdata",
      ]
    }
  }

  private mutating func applyCall(_ node: NodeID, _ isTrue: Bool) {
    guard let call = out.calls[node], let receiver = call.receiver,
      let index = variable(receiver)
    else { return }
    let callee = tree.lhs(node)
    guard tree[callee].kind == .member else { return }
    let type = head(variableType(index))
    guard isOptional(type) else { return }
    switch tree.name(of: tree.memberName(callee)) {
    case "is_some": narrow(index, isTrue ? withoutNil(type) : TypeStore.nil)
    case "is_none": narrow(index, isTrue ? TypeStore.nil : withoutNil(type))
    default: break
    }
  }
}
