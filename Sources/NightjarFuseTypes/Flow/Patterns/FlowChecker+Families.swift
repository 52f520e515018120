// Which constructors a type has, as far as they can be listed.

internal import NightjarFuseSyntax

extension FlowChecker {
  /// A type without the `own` before it.
  func unowned(_ type: TypeID) -> TypeID {
    if case .own(let inner) = program.types[type] { return unowned(inner) }
    return type
  }

  /// Whether a type has just one value: a literal type, `nil`, `()`.
  func isPoint(_ type: TypeID) -> Bool {
    switch program.types[type] {
    case .literal, .nil: true
    case .tuple(let items): items.isEmpty
    default: false
    }
  }

  /// Whether the values of a type are of shapes that nobody can list.
  func isUnlisted(_ type: TypeID) -> Bool {
    switch program.types[type] {
    case .unknown, .unsafe, .dynamic, .parameter, .selfType, .intersection, .anyTable, .function:
      true
    case .nominal(let id, _): program.nominals[Int(id.rawValue)].kind == .opaque
    default: false
    }
  }

  /// The family of a type with constructors.
  mutating func family(of type: TypeID) -> PatternFamilyID {
    let index = Int(type.rawValue)
    while families.count <= index { families.append(-1) }
    if families[index] >= 0 { return PatternFamilyID(rawValue: families[index]) }
    let family = space.addFamily(constructors(of: type))
    families[index] = family.rawValue
    return family
  }

  private func constructors(of type: TypeID) -> [(arity: Int, label: PatternLabel)] {
    switch program.types[type] {
    case .boolean: return [(0, .boolean(false)), (0, .boolean(true))]
    case .nil: return [(0, .none)]
    case .literal(let value): return [(0, .literal(value))]
    case .tuple(let items): return [(items.count, .tuple)]
    case .union(let members):
      let isOptional = members.contains(TypeStore.nil) && members.count == 2
      return members.map { member in
        switch program.types[member] {
        case .nil: (0, .none)
        case .literal(let value): (0, .literal(value))
        default: (isPoint(member) ? 0 : 1, isOptional ? .some : .member(member))
        }
      }
    case .nominal(let id, _):
      let nominal = program.nominals[Int(id.rawValue)]
      if nominal.kind == .structType { return [(0, .record(type))] }
      return nominal.variants.indices.map { which in
        (nominal.variants[which].payload.count, .variant(id, which))
      }
    default: return [(0, .record(type))]
    }
  }

  /// The family of a type whose values have fields.
  mutating func recordFamily(of type: TypeID) -> PatternFamilyID? {
    switch program.types[type] {
    case .table, .anyTable: return family(of: type)
    case .nominal(let id, _) where program.nominals[Int(id.rawValue)].kind == .structType:
      return family(of: type)
    default: return nil
    }
  }

  /// Whether all values of a type are of another one, by what a test at run time tells.
  func isCovered(_ type: TypeID, by other: TypeID) -> Bool {
    let type = unowned(type)
    let other = unowned(other)
    if type == other { return true }
    switch (program.types[type], program.types[other]) {
    case (.never, _): return true
    case (.union(let members), _): return members.allSatisfy { isCovered($0, by: other) }
    case (_, .union(let members)):
      if type == TypeStore.boolean {
        return [true, false].allSatisfy { value in
          members.contains { program.types[$0] == .literal(.boolean(value)) }
        }
      }
      return members.contains { isCovered(type, by: $0) }
    case (.nil, _), (.unsafe, _): return false
    case (.tuple(let items), .unknown): return !items.isEmpty
    case (_, .unknown): return true
    case (.literal(.boolean), .boolean), (.literal(.number), .number), (.literal(.string), .string),
      (.literal(.string), .ustring), (.ustring, .string):
      return true
    case (.nominal(let a, _), .nominal(let b, _)): return a == b
    case (.nominal(let id, _), .anyTable):
      return program.nominals[Int(id.rawValue)].kind == .structType
    case (.table, .anyTable): return true
    default: return false
    }
  }
}
