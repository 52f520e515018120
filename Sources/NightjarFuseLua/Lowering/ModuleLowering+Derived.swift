// The bodies of derived traits, field by field in the order of writing.
//
//   #[derive(Eq, Debug)]                 function Vec2_Eq.eq(self, other)
//   struct Vec2 x: number y: number end    return self.x == other.x and self.y == other.y
//                                        end

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// A part of a struct, or of the payload of a variant.
struct DerivedPart {
  var key: DerivedKey
  var type: TypeID
  var evidence: Evidence?
}

/// Where a part is found.
enum DerivedKey {
  case field(String)
  case item(Int, name: String?)
}

extension ModuleLowering {
  /// Puts the methods of a derived `impl` into its dictionary.
  mutating func derive(
    _ implementation: Implementation,
    _ evidence: [Evidence],
    _ trait: TraitID,
    _ table: LuaRef
  ) {
    guard let id = shared.nominal(of: implementation.type) else { return }
    let nominal = shared.nominal(id)
    let name = shared.spelling(shared.trait(trait).name)
    let cases = self.cases(of: nominal, evidence)
    switch name {
    case "Eq": derived(table, "eq", ["self", "other"]) { $0.derivedEq(nominal, cases) }
    case "Ord": derived(table, "compare", ["self", "other"]) { $0.derivedOrd(nominal, cases) }
    case "Debug": derived(table, "debug", ["self"]) { $0.derivedText(nominal, cases, "debug") }
    case "Display":
      derived(table, "tostring", ["self"]) { $0.derivedText(nominal, cases, "tostring") }
    case "Clone": derived(table, "clone", ["self"]) { $0.derivedClone(id, cases) }
    case "Hash": derived(table, "hash_key", ["self"]) { $0.derivedHash(nominal, cases) }
    case "Default": derived(table, "default", []) { $0.derivedDefault(id, cases) }
    case "JsonForm":
      derived(table, "to_json", ["self"]) { $0.derivedToJson(nominal, cases) }
      derived(table, "from_json", ["value"]) { $0.derivedFromJson(id, cases) }
    default: break
    }
  }

  /// The parts of a struct, or those of each variant.
  private func cases(of nominal: NominalType, _ evidence: [Evidence]) -> [[DerivedPart]] {
    var next = 0
    func take() -> Evidence? {
      defer { next += 1 }
      return next < evidence.count ? evidence[next] : nil
    }
    if nominal.kind == .structType {
      return [
        nominal.fields.map {
          DerivedPart(
            key: .field(shared.spelling($0.name)),
            type: $0.type,
            evidence: take()
          )
        }
      ]
    }
    return nominal.variants.map { variant in
      variant.payload.enumerated().map { index, item in
        DerivedPart(
          key: .item(index + 1, name: item.name.map { shared.spelling($0) }),
          type: item.type,
          evidence: take()
        )
      }
    }
  }

  private mutating func derived(
    _ table: LuaRef,
    _ name: String,
    _ parameters: [String],
    _ body: (inout ModuleLowering) -> Void
  ) {
    lua.openBlock()
    body(&self)
    let list = lua.closeBlock()
    let slots = parameters.map { lua.slot(lua.text($0)) }
    define(lua.field(table, name), as: lua.function(slots, list))
  }

  mutating func part(_ owner: String, _ part: DerivedPart) -> LuaRef {
    switch part.key {
    case .field(let name): lua.field(lua.raw(owner), name)
    case .item(let index, _): lua.index(lua.raw(owner), lua.integer(index))
    }
  }

  /// A method of the trait of a part's evidence.
  mutating func callPart(
    _ part: DerivedPart,
    _ name: String,
    _ values: [LuaRef]
  ) -> LuaRef? {
    guard let evidence = part.evidence, let trait = evidenceTrait(evidence),
      let method = shared.traitMethod(spelled: name, of: trait)
    else { return nil }
    return callTrait(
      method,
      evidence,
      receiver: values.first,
      hidden: [],
      arguments: Array(values.dropFirst())
    )
  }

  /// For a union: one branch for each variant with a payload.
  mutating func branches(
    _ nominal: NominalType,
    _ cases: [[DerivedPart]],
    _ body: (inout ModuleLowering, [DerivedPart], Int) -> Void
  ) {
    if nominal.kind == .structType {
      body(&self, cases.first ?? [], 0)
      return
    }
    var clauses: [(LuaRef, Int32)] = []
    for (index, parts) in cases.enumerated() where !parts.isEmpty {
      let tag = lua.field(lua.raw("self"), "tag")
      let name = lua.string(shared.spelling(nominal.variants[index].name))
      let test = lua.binary(.equal, tag, name)
      lua.openBlock()
      body(&self, parts, index)
      clauses.append((test, lua.closeBlock()))
    }
    if !clauses.isEmpty { lua.appendIf(clauses, else: -1) }
  }

  // MARK: Traits

  private mutating func derivedEq(_ nominal: NominalType, _ cases: [[DerivedPart]]) {
    if nominal.kind == .unionType {
      let test = lua.binary(
        .notEqual,
        lua.field(lua.raw("self"), "tag"),
        lua.field(lua.raw("other"), "tag")
      )
      lua.openBlock()
      lua.appendReturn([lua.add(.false)])
      let body = lua.closeBlock()
      lua.appendIf(test, body)
    }
    branches(nominal, cases) { lowering, parts, _ in
      var tests: [LuaRef] = []
      for part in parts {
        let left = lowering.part("self", part)
        let right = lowering.part("other", part)
        if lowering.isPrimitive(part.type) {
          tests.append(lowering.lua.binary(.equal, left, right))
        } else if let test = lowering.callPart(part, "eq", [left, right]) {
          tests.append(test)
        }
      }
      let all = lowering.lua.and(tests)
      lowering.lua.appendReturn([all])
    }
    if nominal.kind == .unionType { lua.appendReturn([lua.add(.true)]) }
  }

  private mutating func derivedOrd(_ nominal: NominalType, _ cases: [[DerivedPart]]) {
    if nominal.kind == .unionType {
      // Variants are ordered as they are written.
      var items: [LuaRef] = []
      for (index, variant) in nominal.variants.enumerated() {
        let name = lua.text(shared.spelling(variant.name))
        items.append(lua.named(name, lua.integer(index)))
      }
      let ranks = keep(lua.table(items), "ranks")
      let left = lua.index(ranks, lua.field(lua.raw("self"), "tag"))
      let right = lua.index(ranks, lua.field(lua.raw("other"), "tag"))
      let order = keep(lua.binary(.subtract, left, right), "order")
      lua.openBlock()
      lua.appendReturn([order])
      let body = lua.closeBlock()
      lua.appendIf(lua.binary(.notEqual, order, lua.integer(0)), body)
    }
    branches(nominal, cases) { lowering, parts, _ in
      let order = lowering.temp("order")
      lowering.lua.appendLocal([order], [lowering.lua.integer(0)])
      let name = lowering.lua.name(order)
      for part in parts {
        let left = lowering.part("self", part)
        let right = lowering.part("other", part)
        guard let value = lowering.callPart(part, "compare", [left, right]) else { continue }
        lowering.lua.appendAssign(name, value)
        lowering.lua.openBlock()
        lowering.lua.appendReturn([name])
        let body = lowering.lua.closeBlock()
        let test = lowering.lua.binary(.notEqual, name, lowering.lua.integer(0))
        lowering.lua.appendIf(test, body)
      }
      lowering.lua.appendReturn([lowering.lua.integer(0)])
    }
    if nominal.kind == .unionType { lua.appendReturn([lua.integer(0)]) }
  }

  private mutating func derivedText(
    _ nominal: NominalType,
    _ cases: [[DerivedPart]],
    _ method: String
  ) {
    let name = shared.spelling(nominal.name)
    branches(nominal, cases) { lowering, parts, index in
      let isStruct = nominal.kind == .structType
      let title = isStruct ? name : lowering.shared.spelling(nominal.variants[index].name)
      var pieces: [LuaRef] = []
      var literal = title + (isStruct ? (parts.isEmpty ? " {" : " { ") : "(")
      for (position, part) in parts.enumerated() {
        if position > 0 { literal += ", " }
        switch part.key {
        case .field(let field): literal += field + ": "
        case .item: break
        }
        let value = lowering.part("self", part)
        let text =
          lowering.callPart(part, method, [value]) ?? lowering.runtimeCall("debug", [value])
        pieces.append(lowering.lua.string(literal))
        pieces.append(text)
        literal = ""
      }
      literal += isStruct ? (parts.isEmpty ? "}" : " }") : ")"
      pieces.append(lowering.lua.string(literal))
      let text = lowering.concatenation(pieces)
      lowering.lua.appendReturn([text])
    }
    if nominal.kind == .unionType {
      lua.appendReturn([lua.field(lua.raw("self"), "tag")])
    }
  }

  private mutating func derivedClone(_ id: NominalID, _ cases: [[DerivedPart]]) {
    let nominal = shared.nominal(id)
    branches(nominal, cases) { lowering, parts, index in
      var values: [LuaRef] = []
      for part in parts {
        let value = lowering.part("self", part)
        let copy =
          lowering.isPrimitive(part.type)
          ? value : lowering.callPart(part, "clone", [value]) ?? value
        if case .field(let name) = part.key {
          values.append(lowering.tableItem(key: Array(name.utf8), copy))
        } else {
          values.append(copy)
        }
      }
      let made =
        nominal.kind == .structType
        ? lowering.structTable(id, values) : lowering.variant(id, index, values)
      lowering.lua.appendReturn([made])
    }
    if nominal.kind == .unionType { lua.appendReturn([lua.raw("self")]) }
  }

  mutating func structTable(_ id: NominalID, _ fields: [LuaRef]) -> LuaRef {
    let table = lua.table(fields)
    if shared.nominal(id).isPlainTable { return table }
    let container = reference(.container(id))
    return lua.call(lua.raw("setmetatable"), [table, container])
  }

  private mutating func derivedHash(_ nominal: NominalType, _ cases: [[DerivedPart]]) {
    branches(nominal, cases) { lowering, parts, index in
      let title =
        nominal.kind == .structType
        ? "" : lowering.shared.spelling(nominal.variants[index].name)
      var pieces = [lowering.lua.string(title)]
      for part in parts {
        let value = lowering.part("self", part)
        let key = lowering.callPart(part, "hash_key", [value]) ?? value
        pieces.append(lowering.runtimeCall("hash_part", [key]))
      }
      let text = lowering.concatenation(pieces)
      lowering.lua.appendReturn([text])
    }
    if nominal.kind == .unionType {
      lua.appendReturn([lua.field(lua.raw("self"), "tag")])
    }
  }

  private mutating func derivedDefault(_ id: NominalID, _ cases: [[DerivedPart]]) {
    let nominal = shared.nominal(id)
    var fields: [LuaRef] = []
    for (index, part) in (cases.first ?? []).enumerated() {
      guard case .field(let name) = part.key else { continue }
      var value: LuaRef?
      if let given = nominal.fields[index].defaultValue {
        if case .none = given { continue }
        value = defaultValue(given)
      } else if let evidence = part.evidence, let trait = evidenceTrait(evidence),
        let method = shared.traitMethod(spelled: "default", of: trait)
      {
        value = callTrait(method, evidence, receiver: nil, hidden: [], arguments: [])
      }
      if let value { fields.append(tableItem(key: Array(name.utf8), value)) }
    }
    let made = structTable(id, fields)
    lua.appendReturn([made])
  }
}
