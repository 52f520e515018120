// Assignments: the parts of the target, from left to right, then the value, then the store.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// A place whose parts are computed.
  private enum Place {
    case plain(LuaRef)
    case array(LuaRef, LuaRef)
    case trait(FunctionID, Evidence, LuaRef, LuaRef)
    case inherent(FunctionID, LuaRef, LuaRef)
    case nothing
  }

  mutating func assignment(_ node: NodeID) {
    let target = plainExpression(tree.lhs(node))
    let value = tree.rhs(node)
    if let op = tree.binaryOperator(node) {
      compound(node, op, target, value)
      return
    }
    switch tree[target].kind {
    case .wildcard: lower(value, to: .discard)
    case .targetTuple, .tuple: assignTuple(target, value)
    case .name, .path:
      if case .own(let declaration) = names.reference(of: target),
        let evidence = checked.closedOwners[declaration]
      {
        let result = stable(self.value(value), "value")
        let variable = nameValue(target)
        lua.appendCall(runtimeCall("close", [variable]))
        lua.appendAssign(variable, result)
        open(variable, evidence)
        return
      }
      if needsStatements(value) {
        // The parts of a name are nothing to compute.
        let variable = nameValue(target)
        lower(value, to: .assign(variable))
      } else {
        let variable = nameValue(target)
        let isInteger = lua[variable].kind == .name && integers[lua[variable].a] != nil
        let result = isInteger ? rawValue(value) : self.value(value)
        if isInteger { integerized(result) }
        lua.appendAssign(variable, result)
      }
    default:
      var place = self.place(target, isReadBefore: false)
      let mark = lua.mark
      let result = self.value(value)
      if lua.mark > mark { place = keepParts(place, at: mark) }
      store(result, to: place, isPlain: shared.isPlain(type(value)))
    }
  }

  /// The parts of a target.
  private mutating func place(_ target: NodeID, isReadBefore: Bool) -> Place {
    switch tree[target].kind {
    case .wildcard: return .nothing
    case .targetLet:
      guard let declaration = names.declaration(of: target) else { return .nothing }
      return .plain(lua.name(slot(of: declaration)))
    case .index:
      let (object, key) = operands(
        tree.lhs(target),
        tree.rhs(target),
        isRaw: isPlainIndex(target)
      )
      if case .trait(let method, let evidence)? = checked.operations[target] {
        return .trait(method, evidence, object, key)
      }
      if case .inherent(let method)? = checked.operations[target] {
        return .inherent(method, object, key)
      }
      if case .array = typeKind(type(tree.lhs(target))) { return .array(object, keyed(key)) }
      return .plain(lua.index(object, keyed(key)))
    default: return .plain(plainValue(target))
    }
  }

  /// Keeps the parts of a place before statements that were added since a mark.
  private mutating func keepParts(_ place: Place, at mark: Int) -> Place {
    func kept(_ value: LuaRef, _ lowering: inout ModuleLowering, _ at: inout Int) -> LuaRef {
      if lowering.isStable(value) { return value }
      let slot = lowering.temp("place")
      lowering.noteInteger(slot, value)
      let statement = lowering.lua.add(
        .local,
        lowering.lua.slotList([slot]),
        lowering.lua.list([value])
      )
      lowering.lua.insert(statement, at: at)
      at += 1
      return lowering.lua.name(slot)
    }
    var at = mark
    switch place {
    case .nothing: return place
    case .array(let object, let key):
      let object = kept(object, &self, &at)
      return .array(object, kept(key, &self, &at))
    case .trait(let method, let evidence, let object, let key):
      let object = kept(object, &self, &at)
      return .trait(method, evidence, object, kept(key, &self, &at))
    case .inherent(let method, let object, let key):
      let object = kept(object, &self, &at)
      return .inherent(method, object, kept(key, &self, &at))
    case .plain(let target):
      let node = lua[target]
      if node.kind == .field {
        let object = kept(LuaRef(node.a), &self, &at)
        return .plain(lua.field(object, text: node.b))
      }
      if node.kind == .index {
        let object = kept(LuaRef(node.a), &self, &at)
        return .plain(lua.index(object, kept(LuaRef(node.b), &self, &at)))
      }
      return place
    }
  }

  /// Keeps the parts of a place that are more than variables of this function.
  private mutating func keepCaptured(_ place: Place) -> Place {
    guard case .array(let object, let key) = place else { return keepParts(place, at: lua.mark) }
    func isPlain(_ value: LuaRef) -> Bool {
      isStable(value) || lua[value].kind == .name && !capturedSlots.contains(lua[value].a)
    }
    return isPlain(object) && isPlain(key) ? place : keepParts(place, at: lua.mark)
  }

  /// Puts a value into a place; with `isPlain` one that is no array and holds none.
  private mutating func store(_ value: LuaRef, to place: Place, isPlain: Bool) {
    switch place {
    case .nothing: discard(value)
    case .plain(let target):
      // Another array may stand there now.
      if !isPlain, lua[target].kind != .name { lua.bounds.forget() }
      lua.appendAssign(target, value)
    case .array(let object, let key):
      arrayWrite(value, to: object, key, isPlain: isPlain)
    case .inherent(let method, let object, let key):
      discard(direct(method, object, [], [key, value]))
    case .trait(let method, let evidence, let object, let key):
      discard(
        callTrait(method, evidence, receiver: object, hidden: [], arguments: [key, value])
      )
    }
  }

  // MARK: Operators

  /// Whether a function sees a variable: then calling one may change it.
  func isCaptured(_ target: NodeID) -> Bool {
    guard case .own(let declaration) = names.reference(of: plainExpression(target)) else {
      return true
    }
    let known = names.declarations[Int(declaration)]
    switch known.kind {
    case .variable, .parameter, .selfParameter: break
    default: return true
    }
    return known.flags.contains(.isCaptured)
  }

  private mutating func compound(
    _ node: NodeID,
    _ op: FuseBinaryOperator,
    _ target: NodeID,
    _ value: NodeID
  ) {
    var place: Place
    let current: LuaRef
    switch tree[target].kind {
    case .index:
      let (first, second) = operands(
        tree.lhs(target),
        tree.rhs(target),
        isRaw: isPlainIndex(target)
      )
      let object = stable(first, "object")
      let key = isStable(second) ? keyed(second) : keep(keyed(second), "index")
      if case .trait(let method, let evidence)? = checked.operations[target] {
        place = .trait(method, evidence, object, key)
        current = indexRead(target, object, key)
      } else if case .array = typeKind(type(tree.lhs(target))) {
        let element = lua.index(object, key)
        // What was read is there, so it may be written without a check.
        place = .plain(element)
        current = arrayRead(object, key, mayBeFalsy: mayBeFalsy(type(target)))
      } else {
        place = .plain(lua.index(object, key))
        current = lua.index(object, key)
      }
    case .member, .genericMember, .tupleMember:
      let read = plainValue(target)
      let raw = lua[read]
      if raw.kind == .field {
        let object = stable(LuaRef(raw.a), "object")
        place = .plain(lua.field(object, text: raw.b))
        current = lua.field(object, text: raw.b)
      } else {
        place = .plain(read)
        current = read
      }
    default:
      let read = plainValue(target)
      place = .plain(read)
      current = read
    }
    let mark = lua.mark
    var left = current
    let isPlain = isPlainOperator(node)
    let isText: Bool
    if case .concatenate? = checked.operations[node] { isText = true } else { isText = false }
    let right = isPlain || isText ? rawValue(value) : self.value(value)
    if lua.mark > mark {
      place = keepParts(place, at: mark)
      if !isStable(left) {
        let slot = temp("value")
        let statement = lua.add(.local, lua.slotList([slot]), lua.list([left]))
        lua.insert(statement, at: mark)
        left = lua.name(slot)
      }
    } else if lua[left].kind == .name, !isStable(left), mayCall(right), isCaptured(target) {
      left = keep(left, "value")
    }
    let result: LuaRef
    switch checked.operations[node] {
    case .concatenate?:
      let first = isNumber(type(target)) ? runtimeCall("str", [left]) : left
      var second = right
      if isNumber(type(value)) {
        second =
          isShownInteger(right)
          ? right
          : lua[right].kind == .number
            ? Self.display(lua.numbers[Int(lua[right].a)]).map { lua.string($0) }
              ?? runtimeCall("str", [right])
            : runtimeCall("str", [right])
      }
      result = lua.binary(.concatenate, first, second)
    case .trait(let method, let evidence)?:
      result = callTrait(method, evidence, receiver: left, hidden: [], arguments: [right])
    case .traitRight(let method, let evidence)?:
      result = callTrait(method, evidence, receiver: right, hidden: [], arguments: [left])
    default:
      result = primitive(op, left, right, left: target, right: value)
      if case .plain(let target) = place, lua[target].kind == .name, integers[lua[target].a] != nil
      {
        integerized(result)
      }
    }
    store(result, to: place, isPlain: shared.isPlain(type(target)))
  }

  /// What is read through `Index` for `a[k] op= v`.
  private mutating func indexRead(_ target: NodeID, _ object: LuaRef, _ key: LuaRef) -> LuaRef {
    let type = bare(checked[tree.lhs(target)])
    guard let trait = shared.preludeTrait("Index"),
      let method = shared.trait(trait).methods.first,
      let found = shared.findImplementation(of: trait, [], for: type)
    else { return lua.index(object, key) }
    let evidence = Evidence.implementation(found, [])
    return callTrait(method, evidence, receiver: object, hidden: [], arguments: [key])
  }

  // MARK: Tuples

  private mutating func assignTuple(_ target: NodeID, _ value: NodeID) {
    let targets = tree.nodes(tree.lhsList(target)).map { plainExpression($0) }
    for item in targets where tree[item].kind == .targetLet {
      if let declaration = names.declaration(of: item) {
        lua.appendLocal([slot(of: declaration)], [])
      }
    }
    let isSimple = targets.allSatisfy {
      switch tree[$0].kind {
      case .name, .targetLet, .member: true
      case .wildcard: true
      default: false
      }
    }
    let source = plainExpression(value)
    if isSimple, checked.coercions[source] == nil {
      var places: [LuaRef] = []
      for item in targets {
        if tree[item].kind == .wildcard {
          places.append(lua.name(wildcard()))
        } else if case .plain(let place) = self.place(item, isReadBefore: false) {
          places.append(place)
        }
      }
      if tree[source].kind == .tuple, !hasSpread(source) {
        let items = tree.nodes(tree.lhsList(source)).map {
          tree[$0].kind == .namedItem ? tree.lhs($0) : $0
        }
        let results = values(items)
        lua.appendAssign(places, results)
        return
      }
      if tree[source].kind == .call, givesMultiple(source) {
        lua.appendAssign(places, [call(source, wantsItems: true)])
        return
      }
      let tuple = stable(self.value(value), "value")
      lua.appendAssign(places, itemReads(tuple, places.count))
      return
    }
    var places: [Place] = []
    for item in targets {
      let place: Place =
        tree[item].kind == .targetTuple || tree[item].kind == .tuple
        ? .nothing : self.place(item, isReadBefore: false)
      let isFixed = targets.allSatisfy { tree[$0].kind == .index }
      places.append(isFixed ? keepCaptured(place) : keepParts(place, at: lua.mark))
    }
    var parts: [LuaRef]?
    if tree[source].kind == .tuple, checked.coercions[source] == nil, !hasSpread(source) {
      let items = tree.nodes(tree.lhsList(source)).map {
        tree[$0].kind == .namedItem ? tree.lhs($0) : $0
      }
      parts = keptTogether(values(items))
    }
    let tuple = parts == nil ? keep(self.value(value), "value") : lua.add(.nil)
    for (index, item) in targets.enumerated() {
      let read = parts?[index] ?? lua.index(tuple, lua.integer(index + 1))
      if tree[item].kind == .targetTuple || tree[item].kind == .tuple {
        assignItems(of: item, from: keep(read, "value"))
      } else if tree[item].kind != .wildcard {
        store(read, to: places[index], isPlain: shared.isPlain(type(item)))
      }
    }
  }

  /// Values in locals, which one statement declares.
  private mutating func keptTogether(_ values: [LuaRef]) -> [LuaRef] {
    let slots = values.map { _ in temp("value") }
    var values = values
    if let last = values.last { values[values.count - 1] = single(last) }
    lua.appendLocal(slots, values)
    return slots.map { lua.name($0) }
  }

  /// Targets inside targets.
  private mutating func assignItems(of target: NodeID, from tuple: LuaRef) {
    for (index, item) in tree.nodes(tree.lhsList(target)).enumerated() {
      let item = plainExpression(item)
      let read = lua.index(tuple, lua.integer(index + 1))
      switch tree[item].kind {
      case .wildcard: break
      case .targetTuple, .tuple: assignItems(of: item, from: keep(read, "value"))
      case .targetLet:
        guard let declaration = names.declaration(of: item) else { continue }
        lua.appendLocal([slot(of: declaration)], [read])
      default:
        let isPlain = shared.isPlain(type(item))
        store(read, to: place(item, isReadBefore: false), isPlain: isPlain)
      }
    }
  }

  private mutating func wildcard() -> Int32 {
    let slot = temp("unused")
    lua.appendLocal([slot], [])
    return slot
  }

  func hasSpread(_ node: NodeID) -> Bool {
    tree.nodes(tree.lhsList(node)).contains { tree[$0].kind == .spread }
  }
}
