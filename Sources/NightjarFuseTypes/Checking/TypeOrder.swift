// The order of the members of a union. It depends on what the types are and not on which of them was
// met first, so that a message says the same whichever module is looked at before.

extension Checker {
  /// Whether a type stands before another.
  func comesBefore(_ a: TypeID, _ b: TypeID) -> Bool {
    if min(a.rawValue, b.rawValue) <= TypeStore.false.rawValue { return a.rawValue < b.rawValue }
    let order = order(a, b)
    return order == 0 ? a.rawValue < b.rawValue : order < 0
  }

  /// Less than 0 if one type stands before the other, more if behind it.
  private func order(_ a: TypeID, _ b: TypeID) -> Int {
    if a == b { return 0 }
    let first = types.kind(a).rawValue
    let second = types.kind(b).rawValue
    if first != second { return first < second ? -1 : 1 }
    switch (types[a], types[b]) {
    case (.literal(let a), .literal(let b)): return order(a, b)
    case (.array(let a), .array(let b)), (.own(let a), .own(let b)): return order(a, b)
    case (.nominal(let a, let own), .nominal(let b, let others)):
      let found = order(
        nominals[Int(a.rawValue)].declaration,
        nominals[Int(b.rawValue)].declaration
      )
      return found == 0 ? order(own, others) : found
    case (.dynamic(let a, let own), .dynamic(let b, let others)):
      let found = order(traits[Int(a.rawValue)].declaration, traits[Int(b.rawValue)].declaration)
      return found == 0 ? order(own, others) : found
    case (.selfType(let a), .selfType(let b)):
      return order(traits[Int(a.rawValue)].declaration, traits[Int(b.rawValue)].declaration)
    case (.parameter(let a), .parameter(let b)): return order(a, b)
    case (.tuple(let a), .tuple(let b)): return order(a.map(\.type), b.map(\.type))
    case (.table(let a), .table(let b)): return order(a, b)
    case (.function(let a), .function(let b)):
      let found = order(a.parameters.map(\.type), b.parameters.map(\.type))
      return found == 0 ? order(a.result, b.result) : found
    case (.union(let a), .union(let b)), (.intersection(let a), .intersection(let b)):
      return order(a, b)
    default: return 0
    }
  }

  private func order(_ a: DeclarationID, _ b: DeclarationID) -> Int {
    if a == b { return 0 }
    return (a.module, a.declaration) < (b.module, b.declaration) ? -1 : 1
  }

  private func order(_ a: [TypeID], _ b: [TypeID]) -> Int {
    if a.count != b.count { return a.count < b.count ? -1 : 1 }
    for (a, b) in zip(a, b) {
      let found = order(a, b)
      if found != 0 { return found }
    }
    return 0
  }

  private func order(_ a: FuseType.TableType, _ b: FuseType.TableType) -> Int {
    if a.fields.count != b.fields.count { return a.fields.count < b.fields.count ? -1 : 1 }
    for (a, b) in zip(a.fields, b.fields) {
      let found = order(a.key, b.key)
      if found != 0 { return found }
    }
    let found = order(a.fields.map(\.type), b.fields.map(\.type))
    if found != 0 { return found }
    guard let own = a.index, let other = b.index else { return a.index == nil ? -1 : 1 }
    return order([own.key, own.value], [other.key, other.value])
  }

  private func order(_ a: FuseConstant, _ b: FuseConstant) -> Int {
    if a == b { return 0 }
    switch (a, b) {
    case (.boolean(let a), .boolean): return a ? 1 : -1
    case (.number(let a), .number(let b)): return a < b ? -1 : 1
    case (.string(let a), .string(let b)): return a.lexicographicallyPrecedes(b) ? -1 : 1
    case (.boolean, _), (.number, .string): return -1
    default: return 1
    }
  }
}
