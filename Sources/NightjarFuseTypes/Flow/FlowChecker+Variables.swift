// Variables without a value, and where they get one; `mut` that nothing needs.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Begins to follow the variables of a pattern, as far as there is something to follow.
  mutating func declare(_ pattern: NodeID, isAssigned: Bool) {
    switch tree[pattern].kind {
    case .binding, .restPattern, .targetLet:
      if let index = names.declaration(of: pattern) { declare(index, isAssigned: isAssigned) }
    case .wildcard, .literalPattern, .name, .path, .rangePattern, .missing: break
    case .castPattern, .parenthesizedPattern, .namedItem:
      declare(tree.lhs(pattern), isAssigned: isAssigned)
    case .keyedItem: declare(tree.rhs(pattern), isAssigned: isAssigned)
    case .andPattern:
      declare(tree.lhs(pattern), isAssigned: isAssigned)
      declare(tree.rhs(pattern), isAssigned: isAssigned)
    case .orPattern: declare(alternatives(pattern)[0], isAssigned: isAssigned)
    case .variantPattern, .tablePattern:
      for item in tree.nodes(tree.rhsList(pattern)) { declare(item, isAssigned: isAssigned) }
    case .tuplePattern, .arrayPattern:
      for item in tree.nodes(tree.lhsList(pattern)) { declare(item, isAssigned: isAssigned) }
    default: break
    }
  }

  /// Begins to follow a variable, if it has no value yet or owns it.
  mutating func declare(_ index: Int32, isAssigned: Bool) {
    let type = type(ofDeclaration: index)
    let isOwner = isOwned(type)
    if isAssigned, !isOwner { return }
    // A name of several alternatives of a pattern is declared once.
    if slotOf[Int(index)] != 0 { return }
    let close = isOwner ? closing(type) : nil
    if close != nil { closableCount += 1 }
    if !isAssigned { unassignedCount += 1 }
    slots.append(Slot(declaration: index, close: close, isOwner: isOwner))
    slotOf[Int(index)] = Int32(truncatingIfNeeded: slots.count)
    if state.isReachable { state[slots.count - 1] = isAssigned ? .live : .unassigned }
  }

  /// Ends the block that began with so many slots.
  mutating func leaveBlock(to mark: Int) {
    closeOwners(from: mark)
    while slots.count > mark, let slot = slots.popLast() {
      slotOf[Int(slot.declaration)] = 0
      if slot.close != nil { closableCount -= 1 }
      let flags = names.declarations[Int(slot.declaration)].flags
      if flags.contains(.isUninitialized) { unassignedCount -= 1 }
      if state.isReachable { state[slots.count] = [] }
    }
  }

  /// The slot of a variable, if it is followed and what is known of it holds here.
  func slot(of index: Int32) -> Int? {
    let slot = Int(slotOf[Int(index)]) - 1
    return slot >= namedFloor ? slot : nil
  }

  /// Looks at a variable that is read.
  mutating func read(_ index: Int32, at node: NodeID) {
    guard let slot = slot(of: index), !slots[slot].isTold else { return }
    let fact = state[slot]
    if fact.contains(.unassigned) {
      slots[slot].isTold = true
      report(
        .Fuse.uninitialized(
          name(ofDeclaration: index),
          span: span(node),
          declaration: span(ofDeclaration: index),
          isAlways: !fact.contains(.live)
        )
      )
    } else if fact.contains(.moved) {
      slots[slot].isTold = true
      let move = slots[slot].lastMove
      report(
        .Fuse.usedAfterMove(
          name(ofDeclaration: index),
          line: tree.line(of: move),
          span: span(node),
          move: move == node ? nil : span(move)
        )
      )
    }
  }

  /// Looks at what a named function needs, where it is used: it may run now.
  mutating func useFunction(_ index: Int32, at node: NodeID) {
    if unassignedCount == 0 { return }
    guard let scope = scope(ofFunction: index) else { return }
    for variable in names.functions[Int(scope)].captures {
      guard let slot = slot(of: variable), state[slot].contains(.unassigned), !slots[slot].isTold
      else { continue }
      slots[slot].isTold = true
      report(
        .Fuse.uninitialized(
          name(ofDeclaration: variable),
          span: span(node),
          declaration: span(ofDeclaration: variable),
          isAlways: !state[slot].contains(.live)
        )
      )
    }
  }

  private mutating func scope(ofFunction index: Int32) -> Int32? {
    if scopes.isEmpty {
      for (place, function) in names.functions.enumerated() {
        scopes[function.node] = Int32(truncatingIfNeeded: place)
      }
    }
    return scopes[names.declarations[Int(index)].node]
  }

  /// Gives a variable a value.
  mutating func assign(_ index: Int32, at node: NodeID) {
    let declaration = names.declarations[Int(index)]
    let isMutable = declaration.flags.contains(.isMutable)
    guard let slot = slot(of: index) else {
      if isMutable {
        neededMut[Int(index)] = true
      } else if declaration.flags.contains(.isUninitialized) {
        reportAssigned(index, node, "a function may run more than once")
      }
      return
    }
    let fact = state[slot]
    if fact.contains(.live) || fact.contains(.moved) || slot < functionFloor {
      if isMutable {
        neededMut[Int(index)] = true
      } else if declaration.flags.contains(.isUninitialized), state.isReachable {
        let isOutside = slot < functionFloor
        let label = isOutside ? "a function may run more than once" : "it may have a value by now"
        reportAssigned(index, node, label)
      }
    }
    if slots[slot].close != nil, fact.contains(.live) { needClose(slot) }
    slots[slot].lastAssignment = node
    if state.isReachable { state[slot] = .live }
  }

  private mutating func reportAssigned(_ index: Int32, _ node: NodeID, _ label: String) {
    if let slot = slot(of: index) {
      if slots[slot].isTold { return }
      slots[slot].isTold = true
    }
    report(
      .Fuse.assignedTwice(
        name(ofDeclaration: index),
        span: span(node),
        declaration: span(ofDeclaration: index),
        label: label
      )
    )
  }

  /// Looks at variables from outside a loop at the end of its body: what happened to them there happens
  /// again.
  mutating func checkRound(_ before: FlowState, _ after: FlowState, slotCount: Int) {
    if !after.isReachable || !before.isReachable { return }
    for slot in 0..<slotCount {
      let new = after[slot].subtracting(before[slot])
      let index = slots[slot].declaration
      if new.contains(.moved), !slots[slot].isTold {
        slots[slot].isTold = true
        let move = slots[slot].lastMove
        report(
          .Fuse.movedInLoop(
            name(ofDeclaration: index),
            span: span(move),
            declaration: span(ofDeclaration: index)
          )
        )
      }
      let declaration = names.declarations[Int(index)]
      if new.contains(.live), !before[slot].contains(.moved), !slots[slot].isOwner {
        if declaration.flags.contains(.isMutable) {
          neededMut[Int(index)] = true
        } else {
          reportAssigned(index, slots[slot].lastAssignment, "each round of the loop assigns it")
        }
      }
    }
  }

  // MARK: `mut`

  /// Reports `mut` before names that never change.
  mutating func reportNeedlessMut() {
    // What would have changed it may be the mistake.
    if tree.hasErrors || checked.diagnostics.contains(where: { $0.severity == .error }) { return }
    for (place, declaration) in names.declarations.enumerated() {
      guard declaration.flags.contains(.isMutable), !neededMut[place] else { continue }
      if declaration.kind != .variable, declaration.kind != .parameter { continue }
      // What is not used at all is told elsewhere.
      if declaration.kind == .variable, !declaration.flags.contains(.isUsed) { continue }
      let index = Int32(truncatingIfNeeded: place)
      let name = name(ofDeclaration: index)
      if name.hasPrefix("_") || type(ofDeclaration: index) == TypeStore.never { continue }
      if declaration.kind == .parameter, !hasOwnSignature(declaration) { continue }
      let span = span(ofDeclaration: index)
      guard let word = mutWord(before: span, declaration.node) else { continue }
      report(.Fuse.needlessMut(name, span: span, word: word))
    }
  }

  /// Whether a parameter is of a function that decides about its own signature and has a body.
  private func hasOwnSignature(_ declaration: Declaration) -> Bool {
    let node = names.functions[Int(declaration.function)].node
    guard node.isPresent, tree.function(node).body.isPresent else { return false }
    guard let id = checked.functions[node] else { return true }
    switch program.functions[Int(id.rawValue)].owner {
    case .implementation(let id): return program.implementations[Int(id.rawValue)].trait == nil
    case .trait: return false
    default: return true
    }
  }

  /// The `mut` before a name.
  private func mutWord(before name: Span, _ node: NodeID) -> Span? {
    var token = tree[node].lastToken
    while token.isPresent, tree[token].start >= name.start { token = TokenID(token.rawValue - 1) }
    return tree[token].kind == .mutKeyword ? tree[token].span : nil
  }
}
