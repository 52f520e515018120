// Declarations get their numbers, and the lists over which all of a kind are walked: in the order of
// modules and, within one, of declaring.

internal import NightjarDiagnostics

extension Checker {
  mutating func add(_ nominal: NominalType) -> NominalID {
    let number = numbers.nominals.next(module)
    if nominals.count <= number {
      let none = NominalType(
        kind: .opaque,
        name: noName,
        declaration: Self.nowhere,
        parameters: []
      )
      nominals += repeatElement(none, count: numbers.nominals.capacity - nominals.count)
    }
    nominals[number] = nominal
    nominalOrder.append(number)
    return NominalID(Int32(truncatingIfNeeded: number))
  }

  mutating func add(_ trait: TraitDeclaration) -> TraitID {
    let number = numbers.traits.next(module)
    if traits.count <= number {
      let none = TraitDeclaration(
        name: noName,
        declaration: Self.nowhere,
        parameters: [],
        supertraits: [],
        methods: [],
        constants: [],
        isObjectSafe: false
      )
      traits += repeatElement(none, count: numbers.traits.capacity - traits.count)
    }
    traits[number] = trait
    traitOrder.append(number)
    traitsByName[trait.name, default: []].append(number)
    return TraitID(Int32(truncatingIfNeeded: number))
  }

  mutating func add(_ implementation: Implementation) -> ImplementationID {
    let number = numbers.implementations.next(module)
    if implementations.count <= number {
      let none = Implementation(
        module: -1,
        node: .none,
        trait: nil,
        type: TypeStore.error,
        parameters: [],
        bounds: [],
        methods: [],
        constants: [:]
      )
      let count = numbers.implementations.capacity - implementations.count
      implementations += repeatElement(none, count: count)
    }
    implementations[number] = implementation
    implementationOrder.append(number)
    return ImplementationID(Int32(truncatingIfNeeded: number))
  }

  mutating func add(_ function: FunctionDeclaration) -> FunctionID {
    let number = numbers.functions.next(module)
    if functions.count <= number {
      let none = FunctionDeclaration(
        name: noName,
        module: -1,
        node: .none,
        owner: .block,
        typeParameters: [],
        bounds: [],
        parameters: [],
        result: TypeStore.unit,
        qualifiers: [],
        isPublic: false,
        isExported: false
      )
      let count = numbers.functions.capacity - functions.count
      functions += repeatElement(none, count: count)
      states += repeatElement(FunctionState(), count: count)
    }
    functions[number] = function
    functionOrder.append(number)
    return FunctionID(Int32(truncatingIfNeeded: number))
  }

  /// The place of what is not there.
  private static let nowhere = DeclarationID(module: -1, declaration: -1)
}
