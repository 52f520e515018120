// Dictionaries as values: those of impls, of parameters, and those that follow from the structure of
// a type. The latter are made once for a module unless they depend on parameters.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// The trait that evidence is of.
  func evidenceTrait(_ evidence: Evidence) -> TraitID? {
    switch evidence {
    case .implementation(let id, _): shared.implementation(id).trait?.id
    case .bound(_, let trait), .selfType(let trait), .supertrait(_, let trait),
      .structural(let trait, _, _), .dynamic(let trait):
      trait
    }
  }

  /// The dictionary that evidence stands for.
  mutating func dictionary(_ evidence: Evidence) -> LuaRef {
    switch evidence {
    case .implementation(let id, let parts):
      if let own = selfDictionaries.last, isOwn(id, own.ref, parts) { return own.ref }
      let table = reference(.implementation(id))
      if parts.isEmpty { return table }
      if isClosed(evidence), !isLibrary { return made(evidence, table, parts) }
      let arguments = parts.map { dictionary($0) }
      return lua.call(table, arguments)
    case .bound(let parameter, let trait): return bound(parameter, trait)
    case .selfType(let trait):
      for own in selfDictionaries.reversed() {
        if own.trait == trait { return own.ref }
        if let path = superPath(from: own.trait, to: trait) {
          return path.reduce(own.ref) { lua.field($0, shared.spelling(shared.trait($1).name)) }
        }
      }
      return lua.add(.nil)
    case .supertrait(let inner, let trait):
      if case .implementation(let id, let parts) = inner {
        let declaration = shared.implementation(id)
        if parts.isEmpty,
          let found = shared.findImplementation(of: trait, [], for: declaration.type)
        {
          return dictionary(.implementation(found, []))
        }
      }
      if case .dynamic = inner { return reference(.dynamic(trait)) }
      let table = dictionary(inner)
      return lua.field(table, shared.spelling(shared.trait(trait).name))
    case .structural(let trait, let type, let parts):
      return structural(evidence, trait, type, parts)
    case .dynamic(let trait): return reference(.dynamic(trait))
    }
  }

  /// Whether an `impl` is the one whose methods are being made.
  private func isOwn(_ id: ImplementationID, _ ref: LuaRef, _ parts: [Evidence]) -> Bool {
    false
  }

  /// The supertraits to go through from one trait to another.
  private func superPath(from trait: TraitID, to other: TraitID) -> [TraitID]? {
    for (supertrait, _) in shared.trait(trait).supertraits {
      if supertrait == other { return [supertrait] }
      if let rest = superPath(from: supertrait, to: other) { return [supertrait] + rest }
    }
    return nil
  }

  private mutating func bound(_ parameter: TypeParameterID, _ trait: TraitID) -> LuaRef {
    for known in dictionaries.reversed() where known.parameter == parameter {
      if known.trait == trait { return known.ref }
    }
    for known in dictionaries.reversed() where known.parameter == parameter {
      if let path = superPath(from: known.trait, to: trait) {
        return path.reduce(known.ref) { lua.field($0, shared.spelling(shared.trait($1).name)) }
      }
    }
    return lua.add(.nil)
  }

  /// Whether evidence depends on nothing but impls.
  private func isClosed(_ evidence: Evidence) -> Bool {
    switch evidence {
    case .implementation(let id, let parts):
      if !shared.isLibrary[Int(shared.implementation(id).module)],
        shared.implementation(id).module == module
      {
        // It may be defined later than the first lines of the module.
        return false
      }
      return parts.allSatisfy { isClosed($0) }
    case .bound, .selfType: return false
    case .supertrait(let inner, _): return isClosed(inner)
    case .structural(_, _, let parts): return parts.allSatisfy { isClosed($0) }
    case .dynamic(let trait): return shared.trait(trait).declaration.module != module
    }
  }

  /// A dictionary made of others, once for the module.
  private mutating func made(_ evidence: Evidence, _ table: LuaRef, _ parts: [Evidence]) -> LuaRef {
    if let slot = structuralSlots[evidence] { return lua.name(slot) }
    let arguments = parts.map { dictionary($0) }
    return once(evidence, lua.call(table, arguments))
  }

  private mutating func once(_ evidence: Evidence, _ value: LuaRef) -> LuaRef {
    let slot = uniqueSlot(dictionaryName(evidence))
    structuralSlots[evidence] = slot
    let line = lua.line
    lua.line = 0
    let statement = lua.add(.local, lua.slotList([slot]), lua.list([value]))
    lua.line = line
    lua.splices[Int(importSplice)].append(statement)
    return lua.name(slot)
  }

  private func dictionaryName(_ evidence: Evidence) -> String {
    switch evidence {
    case .implementation(let id, _): return shared.implementationNames[Int(id.rawValue)] + "_made"
    case .structural(let trait, let type, _):
      return shared.shortName(type) + "_" + shared.spelling(shared.trait(trait).name)
    default: return "dictionary"
    }
  }

  // MARK: Structure

  private mutating func structural(
    _ evidence: Evidence,
    _ trait: TraitID,
    _ type: TypeID,
    _ parts: [Evidence]
  ) -> LuaRef {
    let name = shared.spelling(shared.trait(trait).name)
    switch name {
    case "Same":
      guard let part = parts.first else { return runtime("same_identity") }
      return adapted(evidence, "same", part, "eq")
    case "Keyed":
      guard let part = parts.first else {
        return runtime(isPrimitive(type) && !mayBeNil(type) ? "key_plain" : "key_identity")
      }
      return adapted(evidence, "key", part, "hash_key")
    case "IntoIterator":
      if let part = parts.first { return intoIterator(evidence, part) }
    default: break
    }
    if let slot = structuralSlots[evidence] { return lua.name(slot) }
    let value = structure(name, trait, type, parts)
    return isClosed(evidence) && !isLibrary ? once(evidence, value) : value
  }

  /// `{ same = D.eq }`.
  private mutating func adapted(
    _ evidence: Evidence,
    _ name: String,
    _ part: Evidence,
    _ method: String
  ) -> LuaRef {
    if let slot = structuralSlots[evidence] { return lua.name(slot) }
    let inner = dictionary(part)
    let value = lua.table([lua.named(lua.text(name), lua.field(inner, method))])
    return isClosed(evidence) && !isLibrary ? once(evidence, value) : value
  }

  /// An iterator as its own `IntoIterator`.
  private mutating func intoIterator(_ evidence: Evidence, _ part: Evidence) -> LuaRef {
    let simple = runtime("self_iterator")
    guard let trait = evidenceTrait(evidence) else { return simple }
    let own = shared.trait(trait).methods.filter {
      shared.hasDefault($0) && shared.isInDictionaries($0)
    }
    if own.isEmpty { return simple }
    let key = Evidence.structural(trait, TypeStore.unknown, [])
    if let slot = structuralSlots[key] { return lua.name(slot) }
    var fields = [lua.named(lua.text("iter"), lua.field(simple, "iter"))]
    for method in own {
      let wrapper = defaultWrapper(method, simple)
      fields.append(lua.named(lua.text(shared.spelling(shared.function(method).name)), wrapper))
    }
    let table = lua.table(fields)
    return isLibrary ? table : once(key, table)
  }

  private mutating func structure(
    _ name: String,
    _ trait: TraitID,
    _ type: TypeID,
    _ parts: [Evidence]
  ) -> LuaRef {
    let inner = parts.map { dictionary($0) }
    switch typeKind(type) {
    case .tuple(let items):
      if name == "Display" || name == "Debug" {
        let labels = items.map { item in
          item.name.map { lua.string(shared.spelling($0)) } ?? lua.add(.false)
        }
        return runtimeCall("tuple_" + name, [lua.table(labels)] + inner)
      }
      return runtimeCall("tuple_" + name, inner)
    case .union(let members) where members.contains(TypeStore.nil):
      return runtimeCall("optional_" + name, inner)
    case .union(let members) where name == "Eq" || name == "Hash" || name == "Clone":
      return unionDictionary(name, members, inner, of: type)
    case .nominal(let id, _) where shared.isOptional(id):
      return runtimeCall("optional_" + name, inner)
    case .nominal(let id, _):
      let nominal = shared.nominal(id)
      if nominal.kind == .enumType {
        if name == "Debug" {
          return runtimeCall("enum_Debug", [enumNames(nominal)])
        }
        return runtimeCall("enum_" + name, [])
      }
      return runtimeCall("show_" + name, [])
    case .table(let table):
      if name == "Display" || name == "Debug" {
        let keys = table.fields.map { constant($0.key) }
        return runtimeCall("table_" + name, [lua.table(keys)] + inner)
      }
      return runtimeCall("table_" + name, inner)
    default:
      return runtime("show_" + name)
    }
  }

  /// The dictionary of a union type: for each member a test and its dictionary, narrower members first.
  private mutating func unionDictionary(
    _ name: String,
    _ members: [TypeID],
    _ inner: [LuaRef],
    of type: TypeID
  ) -> LuaRef {
    let order = members.indices.sorted { (width(members[$0]), $0) < (width(members[$1]), $1) }
    var items: [LuaRef] = []
    for place in order {
      lua.openBlock()
      let slot = temp("value")
      lua.appendReturn([typeTest(lua.name(slot), members[place], of: type) ?? lua.add(.true)])
      items += [lua.function([slot], lua.closeBlock()), inner[place]]
    }
    return runtimeCall("union_" + name, items)
  }

  /// How much the shallow test for a type lets pass: what passes a narrow one may pass a wider one as well.
  private func width(_ type: TypeID) -> Int {
    switch typeKind(type) {
    case .literal: 0
    case .nominal(let id, _): shared.nominal(id).isPlainTable ? 3 : 1
    case .number, .string, .ustring, .boolean, .function: 2
    case .table: 3
    case .array, .tuple, .anyTable: 4
    case .own(let inner): width(inner)
    default: 5
    }
  }

  mutating func enumNames(_ nominal: NominalType) -> LuaRef {
    var items: [LuaRef] = []
    for variant in nominal.variants {
      guard let value = variant.value else { continue }
      let name = lua.string(shared.spelling(variant.name))
      let key = integral(constant(value))
      items.append(lua.keyed(key, name))
    }
    return lua.table(items)
  }
}
