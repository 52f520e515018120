// Arguments find their parameters: by position, by name, out of spread tuples, and as the rest.
//
// SOURCE: Fuse reference, section 5.11.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A parameter as a call sees it.
struct Slot {
  var name: NameID?
  var type: TypeID
  var isRest = false
  var isMutable = false
  var defaultValue: DefaultValue?
  var isSelf = false

  init(
    name: NameID?,
    type: TypeID,
    isRest: Bool = false,
    isMutable: Bool = false,
    defaultValue: DefaultValue? = nil,
    isSelf: Bool = false
  ) {
    self.name = name
    self.type = type
    self.isRest = isRest
    self.isMutable = isMutable
    self.defaultValue = defaultValue
    self.isSelf = isSelf
  }
}

/// The arguments of a call in the order of the parameters.
struct BoundArguments {
  var arguments: [Call.Argument]
  /// The order of evaluation, if it is another.
  var order: [NodeID]
}

extension Checker {
  /// Gives each parameter its argument and checks it; `nil` after a mistake.
  mutating func bindArguments(
    _ node: NodeID,
    _ slots: [Slot],
    named callee: String?,
    skipped: Int = 0
  ) -> BoundArguments? {
    let list = tree.rhsList(node)
    let count = list.count - skipped
    var isPlain = count == slots.count && !(slots.last?.isRest ?? false)
    if isPlain {
      for place in skipped..<list.count {
        let kind = tree[tree.node(list, place)].kind
        if kind == .namedItem || kind == .spread { isPlain = false }
      }
    }
    if isPlain { return bindPlain(list, slots, skipped) }
    return bindRich(node, slots, callee, skipped)
  }

  private mutating func bindPlain(_ list: NodeList, _ slots: [Slot], _ skipped: Int)
    -> BoundArguments?
  {
    var arguments: [Call.Argument] = []
    arguments.reserveCapacity(slots.count)
    var later = false
    var isGood = true
    for place in slots.indices {
      let argument = tree.node(list, place + skipped)
      arguments.append(.expression(argument))
      if waits(argument, slots[place].type) {
        later = true
      } else if !pass(argument, slots[place]) {
        isGood = false
      }
    }
    if later {
      for place in slots.indices {
        let argument = tree.node(list, place + skipped)
        if out.nodeTypes[Int(argument.rawValue)] == TypeStore.none,
          !pass(argument, slots[place])
        {
          isGood = false
        }
      }
    }
    return isGood ? BoundArguments(arguments: arguments, order: []) : nil
  }

  /// Whether a closure waits for what the other arguments say about its parameters.
  private mutating func waits(_ argument: NodeID, _ type: TypeID) -> Bool {
    guard tree[argument].kind == .function, !isClosed(type) else { return false }
    let parts = tree.function(argument)
    let open = tree.nodes(parts.parameters).contains {
      tree[$0].kind == .parameter && !tree.lhs($0).isPresent
    }
    return open
  }

  /// Checks an argument against its parameter.
  private mutating func pass(_ argument: NodeID, _ slot: Slot) -> Bool {
    let count = out.diagnostics.count
    var expected = slot.type
    guard !isClosed(expected) else {
      let name = slot.name
      let because = name.map { Reason.argument(spelling($0)) }
      if tree[argument].kind == .parenthesized {
        check(argument, against: expected, isExact: slot.isMutable, because: because)
        return noErrors(since: count)
      }
      let type = check(argument, .hard(expected))
      if passesOn(argument) { return noErrors(since: count) }
      if types.kind(type) == .error { return false }
      return coerce(argument, type, to: expected, isExact: slot.isMutable, because: because)
        && noErrors(since: count)
    }
    expected = guessed(expected)
    let type = check(argument, .soft(expected))
    if fits(argument, type, slot, expected) { return true }
    return false
  }

  /// Whether nothing was reported that keeps a program from being run.
  func noErrors(since count: Int) -> Bool {
    if out.diagnostics.count == count { return true }
    return !out.diagnostics[count...].contains { $0.severity == .error }
  }

  /// Whether an argument fits a parameter whose type is being found.
  private mutating func fits(
    _ argument: NodeID,
    _ type: TypeID,
    _ slot: Slot,
    _ expected: TypeID
  ) -> Bool {
    if types.kind(type) == .error { return false }
    let mark = bindings.count
    // The hint first: it may want a box.
    if case .variable(let index) = types[slot.type], index >= 0 {
      let variable = variables[Int(index)]
      if variable.solution == TypeStore.none, variable.lower == TypeStore.none,
        variable.hint != TypeStore.none, type != TypeStore.never
      {
        let wanted = resolved(variable.hint)
        if isClosed(wanted), canAssign(argument, type, to: wanted) {
          solve(slot.type, wanted)
          return true
        }
        undo(to: mark)
      }
    }
    if canAssign(argument, type, to: slot.type, isExact: slot.isMutable) { return true }
    undo(to: mark)
    if expected != slot.type, canAssign(argument, type, to: expected) { return true }
    undo(to: mark)
    if let problem = nilProblem(type, slot.type) {
      report(
        .Fuse.mayBeNil(describe(guessed(type)), problem, suggestion: nil, span: fullSpan(argument))
      )
      return false
    }
    reportMismatch(
      argument,
      type,
      slot.type,
      slot.name.map { Reason.argument(spelling($0)) }
    )
    return false
  }

  /// The type parameter that an argument which may be `nil` would have to be.
  private mutating func nilProblem(_ type: TypeID, _ wanted: TypeID) -> String? {
    guard case .variable(let index) = types[wanted], index >= 0, mayBeNil(head(type)),
      let parameter = variables[Int(index)].parameter, let info = parameters[parameter],
      info.isNonNil
    else { return nil }
    return spelling(info.name)
  }

  // MARK: With names, spreads, defaults and the rest

  private mutating func bindRich(
    _ node: NodeID,
    _ slots: [Slot],
    _ callee: String?,
    _ skipped: Int
  ) -> BoundArguments? {
    var filled = [Call.Argument?](repeating: nil, count: slots.count)
    var order: [NodeID] = []
    var rest: [NodeID] = []
    var isGood = true
    var isOutOfOrder = false
    var next = 0
    var extra = 0
    let restPlace = slots.firstIndex { $0.isRest }
    let items = Array(tree.nodes(tree.rhsList(node)).dropFirst(skipped))
    for item in items {
      switch tree[item].kind {
      case .namedItem:
        let name = name(of: item)
        let value = tree.lhs(item).isPresent ? tree.lhs(item) : item
        order.append(value)
        guard let place = slots.firstIndex(where: { $0.name == name && !$0.isRest }),
          filled[place] == nil
        else {
          report(
            .Fuse.unknownArgument(
              spelling(name),
              known: slots.compactMap { $0.name.map { spelling($0) } },
              span: span(item)
            )
          )
          check(value, .any)
          isGood = false
          continue
        }
        if place != next { isOutOfOrder = true } else { next += 1 }
        filled[place] = .expression(value)
        if !pass(value, slots[place]) { isGood = false }
      case .spread:
        order.append(tree.lhs(item))
        if !spread(item, slots, &filled, &next, &rest) { isGood = false }
      default:
        order.append(item)
        if isOutOfOrder {
          report(.Fuse.positionalAfterNamed(span: fullSpan(item)))
          check(item, .any)
          isGood = false
          continue
        }
        if let restPlace, next >= restPlace {
          rest.append(item)
          if !pass(item, slots[restPlace]) { isGood = false }
        } else if next < slots.count {
          filled[next] = .expression(item)
          if waits(item, slots[next].type) {
          } else if !pass(item, slots[next]) {
            isGood = false
          }
          next += 1
        } else {
          extra += 1
          check(item, .any)
        }
      }
    }
    for (place, argument) in filled.enumerated() {
      if case .expression(let value)? = argument,
        out.nodeTypes[Int(value.rawValue)] == TypeStore.none, !pass(value, slots[place])
      {
        isGood = false
      }
    }
    if !isGood { return nil }
    return finish(node, slots, filled, rest, order, Count(given: items.count, extra: extra))
  }

  /// How many arguments were given, and how many nobody takes.
  private struct Count {
    var given: Int
    var extra: Int
  }

  /// Fills in defaults, and reports what is missing or too much.
  private mutating func finish(
    _ node: NodeID,
    _ slots: [Slot],
    _ filled: [Call.Argument?],
    _ rest: [NodeID],
    _ order: [NodeID],
    _ count: Count
  ) -> BoundArguments? {
    let wanted = slots.filter { !$0.isRest }
    let least = wanted.count(where: { $0.defaultValue == nil })
    if count.extra > 0 {
      let text = least == wanted.count ? "\(least)" : "\(least) to \(wanted.count)"
      report(
        .Fuse.argumentCount(expected: text, found: count.given, span: fullSpan(node))
      )
      return nil
    }
    var arguments: [Call.Argument] = []
    var isGood = true
    for (place, slot) in slots.enumerated() {
      if slot.isRest {
        arguments.append(.rest(rest))
        if slot.type != TypeStore.unsafe, mayBeNil(slot.type) { needList() }
      } else if let argument = filled[place] {
        arguments.append(argument)
      } else if let value = slot.defaultValue {
        arguments.append(.defaultValue(value))
        if case .expression(let owner, _) = value { noteNodes(of: owner) }
      } else {
        isGood = false
        if let name = slot.name, isGood || place == filled.firstIndex(where: { $0 == nil }) {
          report(
            .Fuse.missingArgument(
              spelling(name),
              type: describe(guessed(slot.type)),
              span: fullSpan(node)
            )
          )
        } else if slot.name == nil {
          report(
            .Fuse.argumentCount(
              expected: "\(wanted.count)",
              found: count.given,
              span: fullSpan(node)
            )
          )
        }
        return nil
      }
    }
    let places = arguments.flatMap { argument -> [NodeID] in
      switch argument {
      case .expression(let node): [node]
      case .rest(let nodes): nodes.map { tree[$0].kind == .spread ? tree.lhs($0) : $0 }
      case .spreadItem(let node, let index): index == 1 ? [node] : []
      case .defaultValue: []
      }
    }
    return isGood ? BoundArguments(arguments: arguments, order: places == order ? [] : order) : nil
  }

  /// A rest parameter of values that may be absent is made by `List::of`.
  private mutating func needList() {
    guard let list = collection("List"), let name = types.known(name: "of") else { return }
    let type = type(of: list, [TypeStore.unknown])
    for member in inherent[MemberKey(head: headKey(type), name: name)] ?? [] {
      if case .function(let function) = member.kind { need(function) }
    }
  }

  /// Spreads an array into the rest, or a tuple over parameters.
  private mutating func spread(
    _ item: NodeID,
    _ slots: [Slot],
    _ filled: inout [Call.Argument?],
    _ next: inout Int,
    _ rest: inout [NodeID]
  ) -> Bool {
    let value = tree.lhs(item)
    let restPlace = slots.firstIndex { $0.isRest }
    let isRest = restPlace.map { next >= $0 } ?? false
    let wanted = isRest ? types.array(of: guessed(slots[restPlace ?? 0].type)) : TypeStore.none
    let type = shared(head(check(value, .soft(wanted))))
    record(item, type)
    if case .tuple(let items) = types[type] {
      for (place, part) in items.enumerated() {
        if next < slots.count, !slots[next].isRest {
          filled[next] = .spreadItem(value, index: place + 1)
          if !canAssign(value, part.type, to: slots[next].type) {
            reportMismatch(value, part.type, slots[next].type, nil)
            return false
          }
          next += 1
        } else if let restPlace {
          if !canAssign(value, part.type, to: slots[restPlace].type) {
            reportMismatch(value, part.type, slots[restPlace].type, nil)
            return false
          }
          if place == 0 || rest.last != item { rest.append(item) }
        } else {
          report(
            .Fuse.argumentCount(
              expected: "\(slots.count)",
              found: next + items.count - place,
              span: fullSpan(item)
            )
          )
          return false
        }
      }
      return true
    }
    if type == TypeStore.error { return false }
    if isRest, let restPlace, case .array(let element) = types[type] {
      rest.append(item)
      if !isSubtype(element, slots[restPlace].type) {
        reportMismatch(value, type, types.array(of: slots[restPlace].type), nil)
        return false
      }
      return true
    }
    if isRest, case .nominal(let id, let arguments) = types[type], id == collection("List"),
      let restPlace, let element = arguments.first, isSubtype(element, slots[restPlace].type)
    {
      rest.append(item)
      return true
    }
    report(.Fuse.cannotSpread(describe(guessed(type)), span: fullSpan(item)))
    return false
  }
}
