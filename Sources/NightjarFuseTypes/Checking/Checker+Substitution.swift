// Types with their type parameters, or their variables of inference, replaced.

internal import NightjarDiagnostics

extension Checker {
  /// A type with its parameters replaced.
  mutating func substitute(_ type: TypeID, _ substitution: Substitution) -> TypeID {
    if type == TypeStore.none || substitution.isEmpty { return type }
    if !types.shape(type).flags.contains(.hasParameter) { return type }
    return map(type) { checker, part in
      switch checker.types[part] {
      case .parameter(let id): return substitution.argument(of: id)
      case .selfType:
        return substitution.selfType == TypeStore.none ? nil : substitution.selfType
      default: return nil
      }
    }
  }

  /// A type with the variables replaced whose solutions are known.
  mutating func resolved(_ type: TypeID) -> TypeID {
    if type == TypeStore.none || isClosed(type) { return type }
    return map(type) { checker, part in
      guard case .variable(let index) = checker.types[part], index >= 0 else { return nil }
      let solution = checker.variables[Int(index)].solution
      return solution == TypeStore.none ? nil : checker.resolved(solution)
    }
  }

  /// A type with variables replaced by what is known of them so far.
  mutating func guessed(_ type: TypeID) -> TypeID {
    if type == TypeStore.none || isClosed(type) { return type }
    return map(type) { checker, part in
      guard case .variable(let index) = checker.types[part], index >= 0 else { return nil }
      let variable = checker.variables[Int(index)]
      for known in [variable.solution, variable.lower, variable.hint] where known != TypeStore.none
      {
        return known == part ? nil : checker.guessed(known)
      }
      return nil
    }
  }

  /// A type with nothing left to find; open elements are `never`.
  mutating func final(_ type: TypeID) -> TypeID {
    if type == TypeStore.none { return type }
    let flags = types.shape(type).flags
    if flags.isDisjoint(with: [.hasVariable, .hasError]) { return type }
    return map(type) { checker, part in
      guard case .variable(let index) = checker.types[part] else { return nil }
      if index < 0 { return TypeStore.never }
      let variable = checker.variables[Int(index)]
      for known in [variable.solution, variable.lower] where known != TypeStore.none {
        return known == part ? TypeStore.never : checker.final(known)
      }
      if let parameter = variable.parameter {
        let known = checker.parameters[parameter]?.defaultType ?? TypeStore.none
        if known != TypeStore.none { return known }
      }
      return TypeStore.never
    }
  }

  /// A type with some parts replaced: those for which `replace` gives a type.
  mutating func map(
    _ type: TypeID,
    _ replace: (inout Checker, TypeID) -> TypeID?
  ) -> TypeID {
    if let replaced = replace(&self, type) { return replaced }
    switch types[type] {
    case .tuple(let items):
      if items.isEmpty { return type }
      let mapped = items.map {
        FuseType.TupleItem(name: $0.name, type: map($0.type, replace))
      }
      return types.intern(.tuple(mapped))
    case .array(let element): return types.array(of: map(element, replace))
    case .table(var table):
      for index in table.fields.indices {
        table.fields[index].type = map(table.fields[index].type, replace)
      }
      if let index = table.index {
        table.index = .init(key: map(index.key, replace), value: map(index.value, replace))
      }
      return types.intern(.table(table))
    case .nominal(let id, let arguments):
      if arguments.isEmpty { return type }
      return types.intern(.nominal(id, arguments.map { map($0, replace) }))
    case .function(var function):
      for index in function.parameters.indices {
        function.parameters[index].type = map(function.parameters[index].type, replace)
      }
      function.result = map(function.result, replace)
      return types.intern(.function(function))
    case .dynamic(let trait, let arguments):
      if arguments.isEmpty { return type }
      return types.intern(.dynamic(trait, arguments.map { map($0, replace) }))
    case .union(let members): return union(members.map { map($0, replace) })
    case .intersection(let members):
      return intersection(members.map { map($0, replace) })
    case .own(let inner): return own(map(inner, replace))
    default: return type
    }
  }

  /// The type `own T`.
  mutating func own(_ type: TypeID) -> TypeID {
    types.kind(type) == .own ? type : types.intern(.own(type))
  }

  /// The type `A & B`.
  mutating func intersection(_ parts: [TypeID]) -> TypeID {
    var flat: [TypeID] = []
    for part in parts {
      var all = [part]
      if case .intersection(let members) = types[part] { all = members }
      for member in all where !flat.contains(member) { flat.append(member) }
    }
    return flat.count == 1 ? flat[0] : types.intern(.intersection(flat))
  }
}
