// Dictionaries: the tables of an `impl`'s methods. An `impl` with bounds is a function from the
// dictionaries of its parameters to its own; one for a struct or union puts its methods in the
// metatable too, under `Trait_method`.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// Everything an `impl` defines.
  mutating func implementationItem(_ id: ImplementationID) {
    let implementation = shared.implementation(id)
    guard let trait = implementation.trait?.id else {
      statics(of: id)
      for method in implementation.methods {
        note(shared.function(method).node)
        functionItem(method, .function(method))
      }
      return
    }
    let target = reference(.implementation(id))
    if implementation.bounds.isEmpty {
      let fields = dictionaryFields(trait)
      let table = lua.table(fields)
      if isLibrary {
        // Other dictionaries may hold it before its methods are there.
        tables.append(lua.add(.assign, lua.list([target]), lua.list([table])))
      } else {
        defineValue(target, table)
      }
      fillDictionary(id, trait, target)
      install(id, trait, target)
      return
    }
    let outerCount = dictionaries.count
    var parameters: [Int32] = []
    for bound in implementation.bounds { parameters.append(dictionaryParameter(bound)) }
    lua.openBlock()
    let own = lua.name(uniqueSlot("dictionary"))
    lua.appendLocal([lua[own].a], [lua.table(dictionaryFields(trait))])
    fillDictionary(id, trait, own)
    lua.appendReturn([own])
    let body = lua.closeBlock()
    dictionaries.removeSubrange(outerCount...)
    let value = runtimeCall("memo", [lua.function(parameters, body)])
    defineValue(target, value)
  }

  private mutating func dictionaryFields(_ trait: TraitID) -> [LuaRef] {
    let name = shared.spelling(shared.trait(trait).name)
    return [lua.named(lua.text("__trait"), lua.string(name))]
  }

  /// A parameter for a dictionary; it is known until it is removed.
  mutating func dictionaryParameter(_ bound: TypeBound) -> Int32 {
    let owner = program.program.modules[Int(bound.parameter.module)]
    let declaration = owner.names.declarations[Int(bound.parameter.declaration)]
    let name = String(decoding: owner.tree.name(ofSymbol: declaration.symbol), as: UTF8.self)
    let slot = uniqueSlot(name + "_" + shared.spelling(shared.trait(bound.trait).name))
    dictionaries.append((bound.parameter, bound.trait, lua.name(slot)))
    return slot
  }

  /// Puts the methods, constants and supertraits of an `impl` into its dictionary.
  private mutating func fillDictionary(
    _ id: ImplementationID,
    _ trait: TraitID,
    _ table: LuaRef
  ) {
    let implementation = shared.implementation(id)
    let declaration = shared.trait(trait)
    selfDictionaries.append((trait, table))
    statics(of: id)
    for constant in implementation.constants.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let field = lua.field(table, shared.spelling(constant.key))
      let value = self.constant(constant.value)
      lua.appendAssign(field, value)
    }
    for method in implementation.methods {
      let function = shared.function(method)
      note(function.node)
      let target = lua.field(table, shared.spelling(function.name))
      let value = functionValue(method, selfDictionary: nil)
      define(target, as: value)
    }
    if let evidence = implementation.derived { derive(implementation, evidence, trait, table) }
    lua.line = 0
    let own = Set(implementation.methods.map { shared.function($0).name })
    for method in declaration.methods where shared.hasDefault(method) {
      let function = shared.function(method)
      if own.contains(function.name) || !shared.isInDictionaries(method) { continue }
      let target = lua.field(table, shared.spelling(function.name))
      let value = defaultWrapper(method, table)
      define(target, as: value)
    }
    for (supertrait, arguments) in declaration.supertraits {
      let found = shared.findImplementation(of: supertrait, arguments, for: implementation.type)
      guard let found else { continue }
      let evidence = superEvidence(found, implementation)
      let field = lua.field(table, shared.spelling(shared.trait(supertrait).name))
      let value = dictionary(evidence)
      lua.appendAssign(field, value)
    }
    selfDictionaries.removeLast()
  }

  /// The evidence of a supertrait's impl, with the parameters of the impl around where it has bounds.
  private func superEvidence(_ id: ImplementationID, _ around: Implementation) -> Evidence {
    let found = shared.implementation(id)
    let arguments: [Evidence] = found.bounds.map { bound in
      // Both name the same type, so their parameters stand at the same places.
      let place = found.parameters.firstIndex(of: bound.parameter) ?? 0
      let parameter =
        place < around.parameters.count ? around.parameters[place] : bound.parameter
      if around.bounds.contains(where: { $0.parameter == parameter && $0.trait == bound.trait }) {
        return .bound(parameter, bound.trait)
      }
      for other in around.bounds where other.parameter == parameter {
        let supers = shared.trait(other.trait).supertraits.map(\.trait)
        if supers.contains(bound.trait) {
          return .supertrait(.bound(parameter, other.trait), bound.trait)
        }
      }
      return .bound(parameter, bound.trait)
    }
    return .implementation(id, arguments)
  }

  /// A function that calls the shared default body with a dictionary.
  mutating func defaultWrapper(_ method: FunctionID, _ table: LuaRef) -> LuaRef {
    let callee = reference(.function(method))
    let call = lua.call(callee, [table, lua.add(.vararg)])
    lua.openBlock()
    lua.appendReturn([call])
    return lua.function([], lua.closeBlock(), isVararg: true)
  }

  /// Puts methods into the metatable of a type.
  private mutating func install(_ id: ImplementationID, _ trait: TraitID, _ table: LuaRef) {
    let implementation = shared.implementation(id)
    guard shared.usesMetatable(implementation.type) else { return }
    guard let nominal = shared.nominal(of: implementation.type) else { return }
    // The prelude's traits of operators are called directly; Lua's callers have metamethods.
    let container = reference(.container(nominal))
    let declaration = shared.trait(trait)
    let name = shared.spelling(declaration.name)
    let isForLua = !isLibrary
    lua.line = 0
    if shared.isDynamic(trait) || isForLua {
      for method in declaration.methods {
        let function = shared.function(method)
        let own =
          implementation.derived != nil
          || implementation.methods.contains { shared.function($0).name == function.name }
        if !own && !shared.isInDictionaries(method) || !function.isMethod { continue }
        let spelling = shared.spelling(function.name)
        let value = lua.field(table, spelling)
        let slot = lua.field(container, name + "_" + spelling)
        lua.appendAssign(slot, value)
        if isForLua, !isTaken(function.name, nominal) {
          let plain = lua.field(container, spelling)
          lua.appendAssign(plain, value)
        }
      }
      for (supertrait, arguments) in declaration.supertraits where implementation.module == module {
        // Its own impl installs its slots; it has to be there.
        if let found = shared.findImplementation(
          of: supertrait,
          arguments,
          for: implementation.type
        ),
          shared.implementation(found).module != module || isLibrary
        {
          _ = reference(.implementation(found))
        }
      }
    }
    if isForLua { metamethods(trait, nominal, table, container) }
    if name == "Iterator", declaration.declaration.module == 0 { installIteration(container) }
  }

  /// Every iterator is its own `IntoIterator`.
  private mutating func installIteration(_ container: LuaRef) {
    guard let trait = shared.preludeTrait("IntoIterator"), shared.isSlotUsed(trait) else { return }
    let simple = runtime("self_iterator")
    let slot = lua.field(container, "IntoIterator_iter")
    lua.appendAssign(slot, lua.field(simple, "iter"))
    for method in shared.trait(trait).methods
    where shared.hasDefault(method) && shared.isInDictionaries(method) {
      let name = shared.spelling(shared.function(method).name)
      let field = lua.field(container, "IntoIterator_" + name)
      define(field, as: defaultWrapper(method, simple))
    }
  }

  /// Whether a field or inherent method has a name.
  private func isTaken(_ name: NameID, _ nominal: NominalID) -> Bool {
    let type = shared.nominal(nominal)
    if type.fields.contains(where: { $0.name == name }) { return true }
    if type.variants.contains(where: { $0.name == name }) { return true }
    return shared.implementationsOf[Int(nominal.rawValue)].contains { other in
      let implementation = shared.implementation(other)
      return implementation.trait == nil
        && implementation.methods.contains { shared.function($0).name == name }
    }
  }

  /// By trait, its method and the metamethod of the same meaning.
  private static let simpleMetamethods: [String: (method: String, event: String)] = [
    "Add": ("add", "__add"), "Sub": ("sub", "__sub"), "Mul": ("mul", "__mul"),
    "Div": ("div", "__div"), "Rem": ("rem", "__mod"), "Pow": ("pow", "__pow"),
    "Neg": ("neg", "__unm"), "Eq": ("eq", "__eq"), "Display": ("tostring", "__tostring"),
    "Len": ("len", "__len"), "FloorDiv": ("floor_div", "__idiv"),
    "BitAnd": ("bit_and", "__band"), "BitOr": ("bit_or", "__bor"),
    "BitXor": ("bit_xor", "__bxor"), "BitNot": ("bit_not", "__bnot"),
    "Shl": ("shl", "__shl"), "Shr": ("shr", "__shr"),
  ]

  /// The metamethods that callers in Lua see.
  private mutating func metamethods(
    _ trait: TraitID,
    _ nominal: NominalID,
    _ table: LuaRef,
    _ container: LuaRef
  ) {
    guard shared.trait(trait).declaration.module == 0 else { return }
    let name = shared.spelling(shared.trait(trait).name)
    if let entry = Self.simpleMetamethods[name] {
      let isBitwise = entry.event.hasPrefix("__b") || entry.event.hasPrefix("__sh")
      if isBitwise || name == "FloorDiv", target != .lua53 && target != .lua54 { return }
      let field = lua.field(container, entry.event)
      let value = lua.field(table, entry.method)
      lua.appendAssign(field, value)
      return
    }
    if name == "Ord" {
      for (event, op) in [("__lt", LuaOperator.less), ("__le", .lessEqual)] {
        let left = uniqueSlot("left")
        let right = uniqueSlot("right")
        lua.openBlock()
        let compare = lua.field(table, "compare")
        let call = lua.call(compare, [lua.name(left), lua.name(right)])
        let test = lua.binary(op, call, lua.integer(0))
        lua.appendReturn([test])
        let body = lua.closeBlock()
        let field = lua.field(container, event)
        define(field, as: lua.function([left, right], body))
      }
    }
  }

  /// The statics of an `impl`.
  private mutating func statics(of id: ImplementationID) {
    let implementation = shared.implementation(id)
    for member in tree.nodes(tree.rhsList(implementation.node))
    where tree[member].kind == .static {
      if isLibrary, !shared.isDemanded(.member(id, member)) { continue }
      note(member)
      let value = self.value(tree.rhs(member))
      let table = container(of: implementation.type, in: module)
      let field = lua.field(table, tree.name(of: tree[member].mainToken))
      lua.appendAssign(field, value)
    }
  }

  /// The dictionary for values that carry their methods themselves.
  mutating func dynamicDictionary(_ id: TraitID) -> LuaRef {
    let trait = shared.trait(id)
    let name = shared.spelling(trait.name)
    var fields = [lua.named(lua.text("__trait"), lua.string(name))]
    for method in trait.methods where shared.isInDictionaries(method) {
      let function = shared.function(method)
      guard function.isMethod else { continue }
      let spelling = shared.spelling(function.name)
      let own = uniqueSlot("value")
      lua.openBlock()
      let receiver = lua.name(own)
      let slotName = lua.text(name + "_" + spelling)
      let call = lua.method(receiver, slotName, [lua.add(.vararg)])
      lua.appendReturn([call])
      let body = lua.closeBlock()
      fields.append(
        lua.named(lua.text(spelling), lua.function([own], body, isVararg: true))
      )
    }
    for (supertrait, _) in trait.supertraits {
      let value = reference(.dynamic(supertrait))
      fields.append(lua.named(lua.text(shared.spelling(shared.trait(supertrait).name)), value))
    }
    return lua.table(fields)
  }
}
