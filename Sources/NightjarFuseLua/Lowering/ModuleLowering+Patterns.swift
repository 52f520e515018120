// Patterns: what must be so for one to match, and which variables it binds to which parts.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// What a pattern asks of a value.
struct PatternPlan {
  /// What must be true, in order.
  var tests: [LuaRef] = []
  /// What is bound: a declaration and the part of the value.
  var bindings: [(declaration: Int32, value: LuaRef)] = []
  /// What is bound to the part behind the first test that holds, else to the last.
  var choices: [(declaration: Int32, cases: [(test: LuaRef, value: LuaRef)], last: LuaRef)] = []
}

extension ModuleLowering {
  /// Binds the variables of a pattern that always matches.
  mutating func bindParts(_ pattern: NodeID, _ subject: LuaRef) {
    var plan = PatternPlan()
    self.plan(pattern, subject, &plan)
    bind(plan)
  }

  /// `local a, b = …`.
  mutating func bind(_ plan: PatternPlan) {
    var slots: [Int32] = []
    var values: [LuaRef] = []
    for (declaration, value) in plan.bindings {
      let slot = slot(of: declaration)
      // A match may keep its value under this name.
      if lua[value].kind == .name, lua[value].a == slot { continue }
      if isAhead.contains(slot) {
        lua.appendAssign(lua.name(slot), value)
      } else {
        slots.append(slot)
        values.append(value)
      }
    }
    if !slots.isEmpty { lua.appendLocal(slots, values) }
    for choice in plan.choices {
      let slot = slot(of: choice.declaration)
      if !isAhead.contains(slot) { lua.appendLocal([slot], []) }
      var clauses: [(LuaRef, Int32)] = []
      for (test, value) in choice.cases {
        lua.openBlock()
        lua.appendAssign(lua.name(slot), value)
        clauses.append((test, lua.closeBlock()))
      }
      lua.openBlock()
      lua.appendAssign(lua.name(slot), choice.last)
      lua.appendIf(clauses, else: lua.closeBlock())
    }
  }

  /// Adds what a pattern asks of a part of a value that may be read again and again.
  mutating func plan(_ pattern: NodeID, _ subject: LuaRef, _ plan: inout PatternPlan) {
    let pattern = plain(pattern)
    let raw = tree[pattern]
    switch raw.kind {
    case .wildcard, .missing: break
    case .binding:
      if let use = checked.uses[pattern] {
        namedTest(pattern, use, subject, &plan)
      } else if let declaration = names.declaration(of: pattern) {
        plan.bindings.append((declaration, subject))
      }
    case .name, .path:
      if let use = checked.uses[pattern] { namedTest(pattern, use, subject, &plan) }
    case .literalPattern:
      plan.tests.append(lua.binary(.equal, subject, literal(pattern)))
    case .rangePattern:
      let first = integral(value(tree.lhs(pattern)))
      let last = integral(value(tree.rhs(pattern)))
      plan.tests.append(lua.binary(.lessEqual, first, subject))
      plan.tests.append(lua.binary(.lessEqual, subject, last))
    case .variantPattern: variantPattern(pattern, subject, &plan)
    case .tuplePattern: tuplePattern(pattern, subject, &plan)
    case .tablePattern: tablePattern(pattern, subject, &plan)
    case .arrayPattern: arrayPattern(pattern, subject, &plan)
    case .castPattern: castPattern(pattern, subject, &plan)
    case .andPattern:
      self.plan(tree.lhs(pattern), subject, &plan)
      self.plan(tree.rhs(pattern), subject, &plan)
    case .orPattern: orPattern(pattern, subject, &plan)
    default: break
    }
  }

  private mutating func literal(_ pattern: NodeID) -> LuaRef {
    let token = tree[pattern].mainToken
    let isNegative = tree[pattern].detail == 1
    switch tree[token].kind {
    case .number:
      let value = tree.number(token)
      return lua.number(isNegative ? -value : value, isInteger: true)
    case .string: return lua.string(tree.stringValue(token))
    case .trueKeyword: return lua.add(.true)
    case .falseKeyword: return lua.add(.false)
    default: return lua.add(.nil)
    }
  }

  /// A variant or constant.
  private mutating func namedTest(
    _ pattern: NodeID,
    _ use: Use,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    switch use {
    case .none: plan.tests.append(lua.binary(.equal, subject, lua.add(.nil)))
    case .variant(let id, let index):
      plan.tests.append(variantTest(id, index, subject))
    case .constant(let constant):
      let value = integral(self.constant(constant))
      plan.tests.append(lua.binary(.equal, subject, value))
    default: break
    }
  }

  private mutating func variantTest(_ id: NominalID, _ index: Int, _ subject: LuaRef) -> LuaRef {
    let nominal = shared.nominal(id)
    let variant = nominal.variants[index]
    if nominal.kind == .enumType, let value = variant.value {
      let constant = integral(self.constant(value))
      return lua.binary(.equal, subject, constant)
    }
    if shared.isOptional(id) {
      return lua.binary(variant.payload.isEmpty ? .equal : .notEqual, subject, lua.add(.nil))
    }
    let tag = tagRead(subject)
    return lua.binary(.equal, tag, lua.string(shared.spelling(variant.name)))
  }

  /// The tag of a value, kept if the match has read it.
  private mutating func tagRead(_ subject: LuaRef) -> LuaRef {
    if let known = tagSlots[lua[subject].kind == .name ? lua[subject].a : -1] {
      return lua.name(known)
    }
    return lua.field(subject, "tag")
  }

  private mutating func variantPattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    let path = tree.lhs(pattern)
    let items = tree.nodes(tree.rhsList(pattern))
    guard let use = checked.uses[path] else { return }
    guard case .variant(let id, let index) = use, !shared.isOptional(id) else {
      // `Some(p)`
      plan.tests.append(lua.binary(.notEqual, subject, lua.add(.nil)))
      if let first = items.first {
        self.plan(tree[first].kind == .namedItem ? tree.lhs(first) : first, subject, &plan)
      }
      return
    }
    plan.tests.append(variantTest(id, index, subject))
    let payload = shared.nominal(id).variants[index].payload
    for (position, item) in items.enumerated() {
      var place = position
      var part = item
      if tree[item].kind == .namedItem {
        part = tree.lhs(item)
        let name = tree.name(of: tree[item].mainToken)
        place =
          payload.firstIndex { $0.name.map { shared.spelling($0) } == name } ?? position
      }
      if tree[plain(part)].kind == .wildcard { continue }
      let read = lua.index(subject, lua.integer(place + 1))
      self.plan(part, read, &plan)
    }
  }

  private mutating func tuplePattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    var names: [NameID?] = []
    if case .tuple(let items) = typeKind(type(pattern)) { names = items.map(\.name) }
    for (position, item) in tree.nodes(tree.lhsList(pattern)).enumerated() {
      var place = position
      var part = item
      if tree[item].kind == .namedItem {
        part = tree.lhs(item)
        let name = tree.name(of: tree[item].mainToken)
        place = names.firstIndex { $0.map { shared.spelling($0) } == name } ?? position
      }
      if tree[plain(part)].kind == .wildcard { continue }
      let read = tupleParts[subject].map { $0[place] } ?? lua.index(subject, lua.integer(place + 1))
      self.plan(part, read, &plan)
    }
  }

  private mutating func tablePattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    let path = tree.lhs(pattern)
    if path.isPresent, let id = patternNominal(path), shared.nominal(of: type(pattern)) != id,
      let test = nominalTest(subject, id, [], type(pattern))
    {
      plan.tests.append(test)
    }
    for item in tree.nodes(tree.rhsList(pattern)) {
      switch tree[item].kind {
      case .binding:
        let name = tree.name(of: tree[item].mainToken)
        let read = lua.field(subject, name)
        if let declaration = names.declaration(of: item) {
          plan.bindings.append((declaration, read))
        }
      case .namedItem:
        let key = lua.text(key(of: item, in: tree))
        let read = lua.field(subject, text: key)
        self.plan(tree.lhs(item), read, &plan)
      case .keyedItem:
        let key = keyed(value(tree.lhs(item)))
        let read = lua.index(subject, key)
        self.plan(tree.rhs(item), read, &plan)
      default: break
      }
    }
  }

  /// The struct that a pattern names.
  private func patternNominal(_ path: NodeID) -> NominalID? {
    if let id = shared.nominal(of: checked[path]) { return id }
    var place = path
    if tree[path].kind == .path, let last = tree.nodes(tree.segments(path)).last { place = last }
    var id: DeclarationID?
    switch names.reference(of: place) {
    case .own(let declaration): id = DeclarationID(module: module, declaration: declaration)
    case .foreign(let found): id = found
    default: break
    }
    if let known = id,
      let target = program.program.modules[Int(known.module)].names
        .declarations[Int(known.declaration)].target?.meanings.type
    {
      id = target
    }
    guard let id else { return nil }
    return program.nominals.firstIndex { $0.declaration == id }
      .map { NominalID(Int32(truncatingIfNeeded: $0)) }
  }

  private mutating func arrayPattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    let items = tree.nodes(tree.lhsList(pattern))
    let restIndex = items.firstIndex { tree[$0].kind == .restPattern }
    let length = lua.unary(.length, subject)
    let count = lua.integer(restIndex == nil ? items.count : items.count - 1)
    if restIndex == nil {
      plan.tests.append(lua.binary(.equal, length, count))
    } else if items.count > 1 {
      plan.tests.append(lua.binary(.greaterEqual, length, count))
    }
    for (position, item) in items.enumerated() {
      if tree[item].kind == .restPattern {
        guard let declaration = names.declaration(of: item) else { continue }
        let after = items.count - 1 - position
        let last =
          after == 0
          ? length : lua.binary(.subtract, length, lua.integer(after))
        let slice = runtimeCall("slice", [subject, lua.integer(position + 1), last])
        plan.bindings.append((declaration, slice))
        continue
      }
      if tree[plain(item)].kind == .wildcard { continue }
      let place: LuaRef
      if let restIndex, position > restIndex {
        let behind = items.count - 1 - position
        place = behind == 0 ? length : lua.binary(.subtract, length, lua.integer(behind))
      } else {
        place = lua.integer(position + 1)
      }
      let read = lua.index(subject, place)
      self.plan(item, read, &plan)
    }
  }

  private mutating func castPattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    let type = self.type(tree.rhs(pattern))
    var inner = subject
    if seesBoxes(self.type(pattern)), !isDynamic(type) {
      inner = runtimeCall("unbox", [subject])
    }
    if let test = typeTest(inner, type, of: self.type(pattern)) { plan.tests.append(test) }
    self.plan(tree.lhs(pattern), inner, &plan)
  }

  func isDynamic(_ type: TypeID) -> Bool {
    if case .dynamic = typeKind(type) { return true }
    return false
  }

  /// `p or q`: either; variables that both bind are bound by what matched.
  private mutating func orPattern(
    _ pattern: NodeID,
    _ subject: LuaRef,
    _ plan: inout PatternPlan
  ) {
    var alternatives: [PatternPlan] = []
    for part in self.alternatives(pattern) {
      var own = PatternPlan()
      self.plan(part, subject, &own)
      alternatives.append(own)
    }
    let tests = alternatives.map { lua.and($0.tests) }
    if alternatives.contains(where: { $0.tests.isEmpty }) {
      plan.tests.append(lua.add(.true))
    } else if var test = tests.first {
      for other in tests.dropFirst() { test = lua.binary(.or, test, other) }
      plan.tests.append(test)
    }
    guard let first = alternatives.first else { return }
    plan.choices += first.choices
    for (declaration, value) in first.bindings {
      let symbol = names.declarations[Int(declaration)].symbol
      var values = [value]
      for other in alternatives.dropFirst() {
        let found = other.bindings.first {
          names.declarations[Int($0.declaration)].symbol == symbol
        }
        aliases(found?.declaration, of: declaration)
        values.append(found?.value ?? value)
      }
      if values.allSatisfy({ sameRead($0, value) }) {
        plan.bindings.append((declaration, value))
      } else if let last = values.last {
        let cases = zip(tests, values).dropLast().map { (test: $0, value: $1) }
        plan.choices.append((declaration, Array(cases), last))
      }
    }
  }

  /// The alternatives of `p or q or …`.
  private func alternatives(_ pattern: NodeID) -> [NodeID] {
    let pattern = plain(pattern)
    guard tree[pattern].kind == .orPattern else { return [pattern] }
    return alternatives(tree.lhs(pattern)) + alternatives(tree.rhs(pattern))
  }

  /// The variable of the second alternative is that of the first.
  private mutating func aliases(_ other: Int32?, of declaration: Int32) {
    guard let other, other != declaration else { return }
    slotOf[Int(other)] = slot(of: declaration) + 1
  }

  /// Whether two expressions read the same part.
  func sameRead(_ a: LuaRef, _ b: LuaRef) -> Bool {
    if a == b { return true }
    let first = lua[a]
    let second = lua[b]
    guard first.kind == second.kind else { return false }
    switch first.kind {
    case .name, .raw: return first.a == second.a
    case .number: return lua.numbers[Int(first.a)] == lua.numbers[Int(second.a)]
    case .string: return first.a == second.a
    case .field: return first.b == second.b && sameRead(LuaRef(first.a), LuaRef(second.a))
    case .index:
      return sameRead(LuaRef(first.a), LuaRef(second.a))
        && sameRead(LuaRef(first.b), LuaRef(second.b))
    default: return false
    }
  }
}
