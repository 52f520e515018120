// What is asked of traits and impls while a program is lowered.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension SharedLowering {
  /// Whether some type of the program is `impl Tr`.
  func isSlotUsed(_ trait: TraitID) -> Bool { self.trait(trait).isObjectSafe }

  /// Whether values of a trait may be used as `impl Tr`.
  func isDynamic(_ trait: TraitID) -> Bool { self.trait(trait).isObjectSafe }

  /// Whether values of a type have a metatable.
  func usesMetatable(of id: NominalID) -> Bool {
    let nominal = nominal(id)
    if nominal.isDeclared || nominal.isPlainTable || isResult(id) || isOptional(id) { return false }
    if nominal.kind == .unionType, implementationsOf[Int(id.rawValue)].isEmpty,
      !isLibrary[Int(nominal.declaration.module)]
    {
      return castNominals.contains(id)
    }
    return nominal.kind == .structType || nominal.kind == .unionType
  }

  /// The types that some `as` of the program looks for.
  func findCastNominals() -> Set<NominalID> {
    var found: Set<NominalID> = []
    for (index, module) in program.program.modules.enumerated() {
      for (place, node) in module.tree.nodes.enumerated()
      where node.kind == .cast || node.kind == .castPattern {
        let type = module.tree.rhs(NodeID(Int32(truncatingIfNeeded: place)))
        addNominals(of: program.modules[index][type], to: &found)
      }
    }
    return found
  }

  private func addNominals(of type: TypeID, to found: inout Set<NominalID>) {
    guard type.rawValue >= 0 else { return }
    switch program.types[type] {
    case .nominal(let id, let arguments):
      found.insert(id)
      for argument in arguments { addNominals(of: argument, to: &found) }
    case .union(let members), .intersection(let members):
      for member in members { addNominals(of: member, to: &found) }
    case .own(let inner): addNominals(of: inner, to: &found)
    default: break
    }
  }

  /// The impl of a trait for the type of another impl.
  func findImplementation(
    of trait: TraitID,
    _ arguments: [TypeID],
    for type: TypeID
  ) -> ImplementationID? {
    var loose: ImplementationID?
    for index in program.implementations.indices {
      let candidate = program.implementations[index]
      guard candidate.trait?.id == trait else { continue }
      if candidate.type == type { return ImplementationID(Int32(index)) }
      if shape(candidate.type) == shape(type) { loose = ImplementationID(Int32(index)) }
    }
    return loose
  }

  /// A type without its arguments.
  private func shape(_ type: TypeID) -> String {
    guard type.rawValue >= 0 else { return "" }
    switch program.types[type] {
    case .nominal(let id, _): return "n\(id.rawValue)"
    case .own(let inner): return shape(inner)
    case .array: return "array"
    case .number: return "number"
    case .string: return "string"
    case .ustring: return "ustring"
    case .boolean: return "boolean"
    case .tuple(let items): return "t\(items.count)"
    case .parameter: return "p"
    default: return "x\(type.rawValue)"
    }
  }
}

extension SharedLowering {
  /// A trait of the prelude.
  func preludeTrait(_ name: String) -> TraitID? {
    program.traits.indices.first {
      program.traits[$0].declaration.module == 0 && spelling(program.traits[$0].name) == name
    }.map { TraitID(Int32(truncatingIfNeeded: $0)) }
  }

  /// A function of an inherent `impl` of a type.
  func method(named name: String, of id: NominalID) -> FunctionID? {
    for implementation in implementationsOf[Int(id.rawValue)] {
      let declaration = self.implementation(implementation)
      if declaration.trait != nil { continue }
      if let found = declaration.methods.first(where: { spelling(function($0).name) == name }) {
        return found
      }
    }
    return nil
  }

  /// Whether a function has a name.
  func nameIs(_ id: FunctionID, _ name: String) -> Bool { spelling(function(id).name) == name }
}

extension SharedLowering {
  /// A method of a trait by its name.
  func traitMethod(spelled name: String, of trait: TraitID) -> FunctionID? {
    self.trait(trait).methods.first { nameIs($0, name) }
  }
}
