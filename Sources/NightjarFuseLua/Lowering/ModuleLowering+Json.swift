// The bodies of `derive(Json)`: a struct is an object with its fields, a union the name of a variant or
// an object with the payload under that name, an enum its value.
//
//   function Point_JsonForm.to_json(self)
//     return json.object_of({ "x", "y" }, { number_JsonForm.to_json(self.x), … })
//   end
//   function Point_JsonForm.from_json(value)
//     local found = json.field_of(value, "x")
//     if found.tag == "Err" then return found end
//     local x = number_JsonForm.from_json(found[1])
//     if x.tag == "Err" then return json.failed_within("x", x[1]) end
//     …
//     return { tag = "Ok", setmetatable({ x = x[1], y = y[1] }, Point) }
//   end

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  // MARK: To JSON

  mutating func derivedToJson(_ nominal: NominalType, _ cases: [[DerivedPart]]) {
    if nominal.kind == .enumType {
      let form = json("enum_of", [lua.raw("self")])
      lua.appendReturn([form])
      return
    }
    branches(nominal, cases) { lowering, parts, index in
      var names: [LuaRef] = []
      var forms: [LuaRef] = []
      for part in parts {
        let value = lowering.part("self", part)
        guard let form = lowering.callPart(part, "to_json", [value]) else { continue }
        if case .field(let name) = part.key { names.append(lowering.lua.string(name)) }
        forms.append(form)
      }
      let items = lowering.lua.table(forms)
      let form: LuaRef
      if nominal.kind == .structType {
        form = lowering.json("object_of", [lowering.lua.table(names), items])
      } else {
        let name = lowering.lua.string(
          lowering.shared.spelling(nominal.variants[index].name)
        )
        form = lowering.json("variant_of", [name, items])
      }
      lowering.lua.appendReturn([form])
    }
    if nominal.kind == .unionType {
      let tag = lua.field(lua.raw("self"), "tag")
      let form = json("variant_of", [tag, lua.table([])])
      lua.appendReturn([form])
    }
  }

  // MARK: From JSON

  mutating func derivedFromJson(_ id: NominalID, _ cases: [[DerivedPart]]) {
    let nominal = shared.nominal(id)
    switch nominal.kind {
    case .structType: structFromJson(id, cases.first ?? [])
    case .unionType: unionFromJson(id, nominal, cases)
    case .enumType: enumFromJson(nominal)
    case .opaque: break
    }
  }

  private mutating func structFromJson(_ id: NominalID, _ parts: [DerivedPart]) {
    var fields: [LuaRef] = []
    for part in parts {
      guard case .field(let name) = part.key else { continue }
      let found = keep(json("field_of", [lua.raw("value"), lua.string(name)]), "found")
      passOnError(found, within: nil)
      guard let value = made(part, of: lua.index(found, lua.integer(1)), within: name) else {
        continue
      }
      fields.append(tableItem(key: Array(name.utf8), value))
    }
    let value = structTable(id, fields)
    returnOk(value)
  }

  private mutating func unionFromJson(
    _ id: NominalID,
    _ nominal: NominalType,
    _ cases: [[DerivedPart]]
  ) {
    let name = keep(json("variant_name", [lua.raw("value")]), "name")
    passOnError(name, within: nil)
    for (index, parts) in cases.enumerated() {
      let spelling = shared.spelling(nominal.variants[index].name)
      let test = lua.binary(.equal, lua.index(name, lua.integer(1)), lua.string(spelling))
      lua.openBlock()
      var values: [LuaRef] = []
      for (place, part) in parts.enumerated() {
        let item = json("variant_item", [lua.raw("value"), lua.integer(place + 1)])
        if let value = made(part, of: item, within: spelling) { values.append(value) }
      }
      let value = variant(id, index, values)
      returnOk(value)
      let body = lua.closeBlock()
      lua.appendIf(test, body)
    }
    let owner = lua.string(shared.spelling(nominal.name))
    let failure = json("no_variant", [owner, lua.index(name, lua.integer(1))])
    lua.appendReturn([failure])
  }

  private mutating func enumFromJson(_ nominal: NominalType) {
    let found = keep(json("enum_value", [lua.raw("value")]), "found")
    passOnError(found, within: nil)
    let value = lua.index(found, lua.integer(1))
    for variant in nominal.variants {
      guard let known = variant.value else { continue }
      let test = lua.binary(.equal, value, constant(known))
      lua.openBlock()
      lua.appendReturn([found])
      let body = lua.closeBlock()
      lua.appendIf(test, body)
    }
    let owner = lua.string(shared.spelling(nominal.name))
    let failure = json("no_value", [owner, lua.raw("value")])
    lua.appendReturn([failure])
  }

  // MARK: Parts

  /// The value of a part, made of its form.
  private mutating func made(_ part: DerivedPart, of form: LuaRef, within name: String) -> LuaRef? {
    guard let evidence = part.evidence, let trait = evidenceTrait(evidence),
      let method = shared.traitMethod(spelled: "from_json", of: trait)
    else { return nil }
    let call = callTrait(method, evidence, receiver: nil, hidden: [], arguments: [form])
    let value = keep(call, "part")
    passOnError(value, within: name)
    return lua.index(value, lua.integer(1))
  }

  /// Gives back a result that is an error.
  private mutating func passOnError(_ result: LuaRef, within name: String?) {
    let test = lua.binary(.equal, lua.field(result, "tag"), lua.string("Err"))
    lua.openBlock()
    var failure = result
    if let name {
      failure = json("failed_within", [lua.string(name), lua.index(result, lua.integer(1))])
    }
    lua.appendReturn([failure])
    let body = lua.closeBlock()
    lua.appendIf(test, body)
  }

  private mutating func returnOk(_ value: LuaRef) {
    let tag = lua.named(lua.text("tag"), lua.string("Ok"))
    let result = lua.table([tag, value])
    lua.appendReturn([result])
  }

  /// A call of a function of `@fuse:json`.
  private mutating func json(_ name: String, _ arguments: [LuaRef]) -> LuaRef {
    let found = program.functions.indices.first { index in
      let function = program.functions[index]
      return function.module >= 0 && function.owner == .block
        && program.program.modules[Int(function.module)].path == "@fuse:json"
        && shared.spelling(function.name) == name
    }
    guard let found else { return lua.add(.nil) }
    let callee = reference(.function(FunctionID(Int32(truncatingIfNeeded: found))))
    return lua.call(callee, arguments)
  }
}
