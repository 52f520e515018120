// Variables of inference: types that are not known yet, and what is learned of them.

internal import NightjarDiagnostics

extension Checker {
  /// A new variable.
  mutating func freshVariable(
    for parameter: TypeParameterID? = nil,
    isOpen: Bool = false,
    at node: NodeID = .none
  ) -> TypeID {
    let index = variables.count
    variables.append(InferenceVariable(parameter: parameter, isOpen: isOpen, node: node))
    if index < variableTypes.count { return variableTypes[index] }
    let type = types.intern(.variable(Int32(truncatingIfNeeded: index)))
    variableTypes.append(type)
    return type
  }

  /// What a variable is known to be, or none.
  func solution(of type: TypeID) -> TypeID {
    let shape = types.shape(type)
    return shape.kind == .variable ? variables[Int(shape.index)].solution : TypeStore.none
  }

  /// A type, or what is known of it if it is a variable.
  mutating func head(_ type: TypeID) -> TypeID {
    var type = type
    while types.kind(type) == .variable {
      let variable = variables[Int(types.shape(type).index)]
      if variable.solution != TypeStore.none {
        type = variable.solution
      } else if !variable.isOpen, variable.lower != TypeStore.none {
        type = variable.lower
      } else {
        break
      }
    }
    return type
  }

  private mutating func change(_ index: Int, _ edit: (inout InferenceVariable) -> Void) {
    bindings.append(VariableBinding(index: index, before: variables[index]))
    edit(&variables[index])
  }

  /// Takes back what was learned after a mark.
  mutating func undo(to mark: Int) {
    while bindings.count > mark, let last = bindings.popLast() {
      if last.index < variables.count { variables[last.index] = last.before }
    }
  }

  /// Decides what a variable is.
  mutating func solve(_ variable: TypeID, _ type: TypeID) {
    change(Int(types.shape(variable).index)) { $0.solution = type }
  }

  /// Notes what the place around would like a variable to be.
  mutating func setHint(_ variable: TypeID, _ type: TypeID) {
    change(Int(types.shape(variable).index)) { $0.hint = type }
  }

  /// Learns from a variable on one side of a question about subtypes.
  mutating func constrain(_ s: TypeID, _ t: TypeID, _ isExact: Bool) -> Bool {
    let a = types.shape(s)
    let b = types.shape(t)
    if a.kind == .variable {
      let known = variables[Int(a.index)].solution
      if known != TypeStore.none { return isSubtype(known, t, isExact: isExact) }
    }
    if b.kind == .variable {
      let known = variables[Int(b.index)].solution
      if known != TypeStore.none { return isSubtype(s, known, isExact: isExact) }
      return constrainBelow(s, t, Int(b.index), isExact)
    }
    return constrainAbove(s, t, Int(a.index))
  }

  /// `s` must be a subtype of an unsolved variable.
  private mutating func constrainBelow(
    _ s: TypeID,
    _ t: TypeID,
    _ index: Int,
    _ isExact: Bool
  ) -> Bool {
    if occurs(index, in: s) { return resolved(s) == t }
    let found = resolved(s)
    if found == t { return true }
    let variable = variables[index]
    if let parameter = variable.parameter, mayBeNil(found),
      parameters[parameter]?.isNonNil ?? false, found != TypeStore.unsafe
    {
      return false
    }
    var type = found
    if let parameter = variable.parameter, parameters[parameter]?.isShared ?? true {
      type = shared(type)
    }
    if variable.isOpen {
      change(index) { $0.solution = type }
      return true
    }
    let lower = variable.lower
    if isExact, lower != TypeStore.none, lower != type, isClosed(lower), isClosed(type) {
      return isSubtype(type, lower) && isSubtype(lower, type)
    }
    let joined = lower == TypeStore.none ? type : join(lower, type)
    change(index) { $0.lower = joined }
    return true
  }

  /// An unsolved variable must be a subtype of `t`.
  private mutating func constrainAbove(_ s: TypeID, _ t: TypeID, _ index: Int) -> Bool {
    if t == TypeStore.unknown || t == TypeStore.unsafe { return true }
    let lower = variables[index].lower
    if lower != TypeStore.none { return isSubtype(lower, t) }
    if types.kind(t) == .union {
      let parts = members(t)
      if parts.contains(TypeStore.unknown) || parts.contains(s) { return true }
      if parts.contains(where: { types.kind($0) == .variable }) {
        return isSubtype(s, parts.first { types.kind($0) == .variable } ?? t)
      }
    }
    if types.kind(t) == .dynamic { return true }
    if occurs(index, in: t) { return resolved(t) == s }
    change(index) { $0.solution = t }
    return true
  }

  /// Whether a variable is part of a type.
  private mutating func occurs(_ index: Int, in type: TypeID) -> Bool {
    if isClosed(type) { return false }
    let variable = variableTypes[index]
    var found = false
    _ = map(resolved(type)) { _, part in
      if part == variable { found = true }
      return nil
    }
    return found
  }

  /// Matches the result of a call against what is expected, to learn what its parameters should be.
  mutating func hint(_ type: TypeID, _ expected: TypeID) {
    if isClosed(type) || expected == TypeStore.none { return }
    switch types[type] {
    case .variable(let index):
      guard index >= 0, variables[Int(index)].hint == TypeStore.none else { return }
      var wanted = expected
      if let parameter = variables[Int(index)].parameter,
        parameters[parameter]?.isNonNil ?? false
      {
        wanted = withoutNil(wanted)
      }
      switch types.kind(wanted) {
      case .unknown, .unsafe, .never, .error: return
      case .variable: return
      case .union where members(wanted).contains(TypeStore.unknown): return
      default: break
      }
      if mayBeNil(wanted), let parameter = variables[Int(index)].parameter,
        parameters[parameter]?.isNonNil ?? false
      {
        return
      }
      setHint(type, wanted)
    case .array(let element):
      for member in members(expected) {
        if case .array(let other) = types[member] { return hint(element, other) }
      }
    case .nominal(let id, let arguments):
      for member in members(shared(expected)) {
        if case .nominal(let other, let others) = types[member], other == id {
          for (own, other) in zip(arguments, others) { hint(own, other) }
        }
      }
    case .dynamic(let trait, let arguments):
      for member in members(expected) {
        if case .dynamic(let other, let others) = types[member], other == trait {
          for (own, other) in zip(arguments, others) { hint(own, other) }
        }
      }
    case .tuple(let items):
      for member in members(expected) {
        if case .tuple(let others) = types[member], others.count == items.count {
          for (own, other) in zip(items, others) { hint(own.type, other.type) }
        }
      }
    case .table(let table):
      for member in members(expected) {
        if case .table(let other) = types[member], let own = table.index, let index = other.index {
          hint(own.key, index.key)
          hint(own.value, index.value)
        }
      }
    case .function(let function):
      if case .function(let other) = types[expected] { hint(function.result, other.result) }
    case .union(let parts):
      let rest = withoutNil(expected)
      for part in parts where part != TypeStore.nil { hint(part, rest) }
    case .own(let inner): hint(inner, shared(expected))
    default: break
    }
  }
}
