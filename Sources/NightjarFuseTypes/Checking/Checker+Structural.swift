// What the compiler gives types because of their structure: `Eq` of tuples, `Debug` of tables, the
// traits of enums.

internal import NightjarDiagnostics

extension Checker {
  /// The implementation of a trait that follows from what a type is made of.
  mutating func structural(_ trait: TraitID, _ type: TypeID, _ arguments: [TypeID]?) -> Implemented?
  {
    let name = spelling(traits[Int(trait.rawValue)].name)
    if traits[Int(trait.rawValue)].declaration.module != 0 { return nil }
    if type == TypeStore.never || type == TypeStore.error {
      return Implemented(evidence: .structural(trait, type, []), arguments: arguments ?? [])
    }
    switch name {
    case "Same": return basedOn("Eq", trait, type)
    case "Keyed":
      let isPlain = [TypeStore.number, TypeStore.string, TypeStore.boolean].contains(type)
      return isPlain || isEnum(type)
        ? Implemented(evidence: .structural(trait, type, []), arguments: [])
        : basedOn("Hash", trait, type)
    case "IntoIterator":
      guard let iterator = known(trait: "Iterator"),
        let found = implementation(of: iterator, for: type, arguments)
      else { return nil }
      return Implemented(
        evidence: .structural(trait, type, [found.evidence]),
        arguments: found.arguments
      )
    case "Default":
      return hasNil(type)
        ? Implemented(evidence: .structural(trait, type, []), arguments: []) : nil
    case "Display", "Debug", "Eq", "Ord", "Hash", "Clone":
      guard let parts = parts(of: type, for: name) else { return nil }
      var evidence: [Evidence] = []
      for part in parts {
        guard let found = implementation(of: trait, for: part) else { return nil }
        evidence.append(found.evidence)
      }
      return Implemented(evidence: .structural(trait, type, evidence), arguments: [])
    default: return nil
    }
  }

  /// A trait that every type has, by another where it can.
  private mutating func basedOn(_ name: String, _ trait: TraitID, _ type: TypeID) -> Implemented? {
    let parts = known(trait: name).flatMap { implementation(of: $0, for: type)?.evidence }
    return Implemented(
      evidence: .structural(trait, type, parts.map { [$0] } ?? []),
      arguments: []
    )
  }

  /// Whether a type is an enum.
  func isEnum(_ type: TypeID) -> Bool {
    let shape = types.shape(type)
    return shape.kind == .nominal && nominals[Int(shape.index)].kind == .enumType
  }

  /// The parts whose implementations make that of a type; `nil` if its structure gives none.
  private mutating func parts(of type: TypeID, for trait: String) -> [TypeID]? {
    switch types[type] {
    case .tuple(let items): return items.map(\.type)
    case .union(let members):
      if trait == "Ord", !hasNil(type) { return nil }
      if hasNil(type) {
        let rest = withoutNil(type)
        return rest == TypeStore.never ? [] : [rest]
      }
      return members
    case .nil: return []
    case .nominal: return isEnum(type) ? [] : nil
    case .table(let table):
      guard trait == "Debug" || trait == "Clone" || trait == "Display" else { return nil }
      return table.fields.map(\.type) + (table.index.map { [$0.key, $0.value] } ?? [])
    case .function: return trait == "Clone" ? [] : nil
    case .own(let inner): return parts(of: inner, for: trait)
    default: return nil
    }
  }
}
