// Union types in normal form, optional types, and what is left of a type without some members.

internal import NightjarDiagnostics

extension Checker {
  /// The members of a type: itself, if it is no union.
  mutating func members(_ type: TypeID) -> [TypeID] {
    if types.kind(type) == .union, case .union(let members) = types[type] { return members }
    return [type]
  }

  /// The union of some types.
  mutating func union(_ parts: [TypeID]) -> TypeID {
    var flat: [TypeID] = []
    var seen = TypeSet()
    for part in parts {
      for member in members(resolved(part)) {
        if member == TypeStore.never { continue }
        if member == TypeStore.unsafe { return TypeStore.unsafe }
        if member == TypeStore.error { return TypeStore.error }
        if seen.insert(member) { flat.append(member) }
      }
    }
    if seen.contains(TypeStore.true), seen.contains(TypeStore.false) {
      flat.removeAll { $0 == TypeStore.true || $0 == TypeStore.false }
      if seen.insert(TypeStore.boolean) { flat.append(TypeStore.boolean) }
    }
    if flat.count > 1 { flat = withoutSubtypes(flat, seen) }
    switch flat.count {
    case 0: return TypeStore.never
    case 1: return flat[0]
    default:
      flat.sort { comesBefore($0, $1) }
      return types.intern(.union(flat))
    }
  }

  /// Leaves out members that are subtypes of others.
  private mutating func withoutSubtypes(_ flat: [TypeID], _ seen: TypeSet) -> [TypeID] {
    var literals: [TypeID] = []
    var others: [TypeID] = []
    for member in flat {
      if types.kind(member) == .literal {
        if !seen.contains(primitive(ofLiteral: member)) { literals.append(member) }
      } else {
        others.append(member)
      }
    }
    if seen.contains(TypeStore.unknown) {
      return seen.contains(TypeStore.nil)
        ? [TypeStore.nil, TypeStore.unknown] : [TypeStore.unknown]
    }
    // Beyond any type that somebody writes, duplicates are enough.
    if others.count > 40 { return others + literals }
    var kept: [TypeID] = []
    for (index, member) in others.enumerated() {
      var isCovered = false
      for (other, candidate) in others.enumerated() where other != index && !isCovered {
        if !isClosed(member) || !isClosed(candidate) { continue }
        if isSubtype(member, candidate), !(isSubtype(candidate, member) && index < other) {
          isCovered = true
        }
      }
      if !isCovered { kept.append(member) }
    }
    return kept + literals
  }

  /// The type whose values a literal type is one of.
  mutating func primitive(ofLiteral type: TypeID) -> TypeID {
    guard case .literal(let constant) = types[type] else { return type }
    return primitive(of: constant)
  }

  func primitive(of constant: FuseConstant) -> TypeID {
    switch constant {
    case .boolean: TypeStore.boolean
    case .number: TypeStore.number
    case .string: TypeStore.string
    }
  }

  /// Whether a type has no variables.
  mutating func isClosed(_ type: TypeID) -> Bool { !types.shape(type).flags.contains(.hasVariable) }

  /// The type `T?`.
  mutating func optional(_ type: TypeID) -> TypeID {
    let known = types.optionals[Int(type.rawValue)]
    if known != 0 { return TypeID(known - 1) }
    let result = union([type, TypeStore.nil])
    if isClosed(type) { types.optionals[Int(type.rawValue)] = result.rawValue + 1 }
    return result
  }

  /// Whether a type has `nil` as a member.
  mutating func hasNil(_ type: TypeID) -> Bool {
    if type == TypeStore.nil { return true }
    if types.kind(type) != .union { return false }
    return members(type).contains(TypeStore.nil)
  }

  /// Whether values of a type may be `nil` in Lua.
  mutating func mayBeNil(_ type: TypeID) -> Bool {
    let shape = types.shape(type)
    if shape.flags.contains(.mayBeNil) { return true }
    switch types[type] {
    case .parameter(let id): return !(parameters[id]?.isNonNil ?? true)
    case .union(let members): return members.contains { mayBeNil($0) }
    case .own(let inner): return mayBeNil(inner)
    case .variable(let index) where index >= 0:
      let solution = variables[Int(index)].solution
      return solution != TypeStore.none && mayBeNil(solution)
    default: return false
    }
  }

  /// A type without `nil`.
  mutating func withoutNil(_ type: TypeID) -> TypeID {
    if type == TypeStore.nil { return TypeStore.never }
    if types.kind(type) != .union { return type }
    return union(members(type).filter { $0 != TypeStore.nil })
  }

  /// Whether a type is an optional: `T?`.
  mutating func isOptional(_ type: TypeID) -> Bool { types.kind(type) == .union && hasNil(type) }

  /// A type without its falsy values.
  mutating func truthy(_ type: TypeID) -> TypeID {
    let all = members(type).compactMap { member -> TypeID? in
      switch member {
      case TypeStore.nil, TypeStore.false: nil
      case TypeStore.boolean: TypeStore.true
      default: member
      }
    }
    return union(all)
  }

  /// The falsy values of a type.
  mutating func falsy(_ type: TypeID) -> TypeID {
    var all: [TypeID] = []
    for member in members(type) {
      switch member {
      case TypeStore.nil, TypeStore.false: all.append(member)
      case TypeStore.boolean: all.append(TypeStore.false)
      case TypeStore.unsafe: return TypeStore.unsafe
      case TypeStore.unknown: all.append(TypeStore.false)
      case TypeStore.unit: all.append(TypeStore.unit)
      default:
        let kind = types.kind(member)
        if kind == .variable || kind == .parameter || kind == .selfType || kind == .dynamic {
          all.append(member)
        }
      }
    }
    return union(all)
  }

  /// Whether every value of a type is truthy.
  mutating func isAlwaysTruthy(_ type: TypeID) -> Bool {
    switch types.kind(type) {
    case .error, .never, .unsafe, .unknown, .variable, .parameter, .selfType, .dynamic: return false
    default: return type != TypeStore.unit && falsy(type) == TypeStore.never
    }
  }

  /// The join of two types: the greater one, or their union.
  mutating func join(_ a: TypeID, _ b: TypeID) -> TypeID {
    if a == b || b == TypeStore.never { return a }
    if a == TypeStore.never { return b }
    if a == TypeStore.error || b == TypeStore.error { return TypeStore.error }
    let mark = bindings.count
    if isSubtype(a, b) { return b }
    undo(to: mark)
    if isSubtype(b, a) { return a }
    undo(to: mark)
    return union([a, b])
  }

  /// A type whose literals are their primitives.
  mutating func widened(_ type: TypeID) -> TypeID {
    switch types.kind(type) {
    case .literal: return primitive(ofLiteral: type)
    case .union:
      let all = members(type)
      if !all.contains(where: { types.kind($0) == .literal }) { return type }
      return union(all.map { primitive(ofLiteral: $0) })
    default: return type
    }
  }

  /// The type under `own`.
  mutating func shared(_ type: TypeID) -> TypeID {
    let shape = types.shape(type)
    return shape.kind == .own ? TypeID(shape.index) : type
  }
}
