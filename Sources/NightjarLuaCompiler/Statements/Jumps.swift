// `break`, `goto` and labels.
//
// A jump that leaves the scope of captured variables closes them at its target: the label begins
// with a `close`. Backward jumps close before they jump, since their label is already written.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  private static var breakName: StringID { -1 }

  mutating func breakStatement(_ n: NodeID) {
    var jumps = JumpList()
    emitJump(.jump, to: &jumps, at: tree[n].mainToken)
    addBreak(n, jumps)
  }

  /// Notes jumps that leave the loop around.
  mutating func addBreak(_ n: NodeID, _ jumps: JumpList) {
    addPending(Generator.breakName, token: tree[n].mainToken, jumps)
  }

  mutating func gotoStatement(_ n: NodeID) {
    let token = tree.nameToken(n)
    guard let label = targetLabel(symbol(token)) else {
      var jumps = JumpList()
      emitJump(.jump, to: &jumps, at: rules.jumpsStandBefore ? previous(tree[n].mainToken) : token)
      addGoto(token, jumps)
      return
    }
    if function.activeRegisterCount > label.register {
      emit(.close, a: label.register, at: token)
    }
    emitJumpBack(to: label.place, keeping: label.register, at: token)
  }

  /// The label behind which a `goto` goes back; nil if its label is still to come.
  @inline(never)
  private func targetLabel(_ name: StringID) -> Label? {
    guard let label = visibleLabel(name), rules.labelsMayRepeat else { return visibleLabel(name) }
    // A label of a block nearer than that one's goes before it, be it further on in the text.
    let index = labelNumbers[name] ?? 0
    for open in openBlocks.reversed() {
      guard open.block >= function.firstBlock, blocks[open.block].firstLabel > index else { break }
      let list = tree.statements(open.node)
      for i in list.indices {
        let n = tree.node(list, i)
        if tree[n].kind == .label, symbol(tree.nameToken(n)) == name { return nil }
      }
    }
    return label
  }

  /// Notes jumps to a label that is still to come.
  mutating func addGoto(_ token: TokenID, _ jumps: JumpList) {
    addPending(symbol(token), token: token, jumps)
  }

  private mutating func addPending(_ name: StringID, token: TokenID, _ jumps: JumpList) {
    let number = gotos.count
    gotoNumbers.change(name) { $0.append(number) }
    gotos.append(
      PendingGoto(
        name: name,
        token: token,
        line: tree.line(of: token),
        jumps: jumps,
        variableCount: variables.count,
        register: function.activeRegisterCount
      )
    )
  }

  /// The label of a name that can be seen in the current function.
  func visibleLabel(_ name: StringID) -> Label? {
    guard let number = labelNumbers[name], number >= function.firstLabel else { return nil }
    return labels[number]
  }

  /// Takes labels out of sight.
  mutating func removeLabels(from first: Int) {
    for number in (first..<labels.count).reversed()
    where labelNumbers[labels[number].name] == number {
      labelNumbers[labels[number].name] = labels[number].hidden
    }
    labels.removeSubrange(first...)
  }

  /// The label that a new one of a name may not stand beside.
  @inline(never)
  private func clashingLabel(_ name: StringID) -> Label? {
    guard rules.labelsMayRepeat else { return visibleLabel(name) }
    guard let number = labelNumbers[name], number >= blocks[blocks.count - 1].firstLabel else {
      return nil
    }
    return labels[number]
  }

  /// Compiles the labels in a row from statement `first` on, the last one first: the reference
  /// defines a label only after the statements of no effect behind it.
  ///
  /// - Returns: The index of the statement after them.
  mutating func labels(_ list: SyntaxList, from first: Int) -> Int {
    var end = first + 1
    while end < list.count, tree[tree.node(list, end)].kind == .label { end += 1 }
    var following = next(tree[tree.node(list, end - 1)].lastToken)
    if !rules.semicolonsHoldLabels {
      while tree[following].kind == .semicolon { following = next(following) }
    }
    for i in stride(from: end - 1, through: first, by: -1) {
      let token = next(tree[tree.node(list, i)].lastToken)
      let isHeld = rules.semicolonsHoldLabels && tree[token].kind == .semicolon
      defineLabel(tree.node(list, i), before: isHeld ? token : following)
    }
    return end
  }

  private mutating func defineLabel(_ n: NodeID, before following: TokenID) {
    let token = tree.nameToken(n)
    let name = symbol(token)
    if let first = clashingLabel(name) { reportDuplicateLabel(token, first, noticedAt: following) }
    var label = Label(
      name: name,
      token: token,
      line: tree.line(of: tree[n].mainToken),
      place: markTarget(),
      variableCount: variables.count,
      register: function.activeRegisterCount
    )
    let block = blocks[blocks.count - 1]
    if endsScope(tree[following].kind) {
      label.variableCount = block.firstVariable
      label.register = block.firstRegister
    }
    // The first of two of the same name counts.
    if visibleLabel(name) == nil {
      label.hidden = labelNumbers[name]
      labelNumbers[name] = labels.count
    }
    labels.append(label)
    if land(on: label, from: block.firstGoto, noticedAt: following) {
      emit(.close, a: function.activeRegisterCount, at: previous(following))
    }
  }

  private func endsScope(_ kind: TokenKind) -> Bool {
    switch kind {
    case .elseKeyword, .elseifKeyword, .endKeyword, .endOfFile: true
    default: false
    }
  }

  /// Lets pending jumps of the current block lead to a label here.
  ///
  /// - Returns: Whether one of them leaves something to close.
  private mutating func land(
    on label: Label,
    from first: Int,
    noticedAt: TokenID
  ) -> Bool {
    let firstLanding = (gotoNumbers[label.name].lastIndex { $0 < first } ?? -1) + 1
    let landing = Array(gotoNumbers[label.name][firstLanding...])
    if landing.isEmpty { return false }
    gotoNumbers.change(label.name) { $0.removeLast(landing.count) }
    var needsClose = false
    for number in landing {
      let pending = gotos[number]
      gotos[number].hasLanded = true
      needsClose = needsClose || pending.needsClose
      if pending.variableCount < label.variableCount {
        reportJumpIntoScope(pending, noticedAt: noticedAt)
      }
      patchHere(pending.jumps)
    }
    return needsClose
  }

  /// Lets the breaks of a loop's block lead here.
  ///
  /// - Returns: Whether a `close` was written.
  mutating func landBreaks(of block: Block, at token: TokenID) -> Bool {
    let label = Label(
      name: Generator.breakName,
      token: .none,
      line: 0,
      place: pc,
      variableCount: block.firstVariable,
      register: block.firstRegister
    )
    guard land(on: label, from: block.firstGoto, noticedAt: token) else { return false }
    emit(.close, a: block.firstRegister, at: token)
    return true
  }

  /// Hands the pending jumps of a block that ends to the block around it.
  mutating func moveGotosOut(of block: Block) {
    for i in block.firstGoto..<gotos.count {
      if gotos[i].register > block.firstRegister, block.needsClose { gotos[i].needsClose = true }
      gotos[i].variableCount = block.firstVariable
      gotos[i].register = block.firstRegister
    }
  }

  /// Reports the jumps that found no target in their function.
  mutating func reportOpenGotos(from first: Int, at token: TokenID) {
    for i in first..<gotos.count where !gotos[i].hasLanded {
      gotoNumbers.change(gotos[i].name) { _ = $0.popLast() }
      if gotos[i].name == Generator.breakName {
        reportBreakOutsideLoop(gotos[i], noticedAt: next(token))
      } else {
        reportNoVisibleLabel(gotos[i], noticedAt: next(token))
      }
    }
    gotos.removeSubrange(first...)
  }
}
