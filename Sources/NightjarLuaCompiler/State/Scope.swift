// Declaring variables, entering and leaving blocks, finding what a name means.
//
// Names are found in constant time: `bindings` holds for each symbol its innermost variable, of
// whatever function, and each variable remembers the one it hides.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// The name of the hidden variables of loops, as `debug.getlocal` shows them.
  mutating func hiddenName(_ name: StaticString = "(for state)") -> StringID {
    strings.intern(Array("\(name)".utf8), in: tree)
  }

  /// Declares a variable of the current function; `activate` makes it visible.
  mutating func declare(
    _ name: StringID,
    token: TokenID = .none,
    kind: Variable.Kind = .regular,
    at noticed: TokenID
  ) {
    variables.append(Variable(name: name, kind: kind, token: token, depth: depth))
    if variables.count - function.firstVariable - function.globalCount > 200 {
      reportLimit("local variables", 200, at: noticed)
    }
  }

  /// Declares the variable named by a token.
  mutating func declare(_ token: TokenID, kind: Variable.Kind = .regular) {
    declare(symbol(token), token: token, kind: kind, at: next(token))
  }

  /// Makes the `count` variables declared first among those not visible yet visible, in registers
  /// from the first one without a variable on.
  mutating func activate(_ range: Range<VariableIndex>) {
    for i in range {
      let name = variables[i].name
      variables[i].hidden = bindings.indices.contains(Int(name)) ? bindings[Int(name)] : -1
      if bindings.indices.contains(Int(name)) { bindings[Int(name)] = Int32(i) }
      if variables[i].kind.isGlobal { noteGlobal(i) }
      if variables[i].kind == .compileTime || variables[i].kind.isGlobal { continue }
      variables[i].register = function.activeRegisterCount
      variables[i].range = function.locals.count
      function.activeRegisterCount += 1
      function.locals.append(LocalRange(name: name, start: Int32(pc), end: Int32(pc)))
    }
  }

  /// Opens a block.
  mutating func enterBlock(isLoop: Bool = false) {
    blocks.append(
      Block(
        isLoop: isLoop,
        firstVariable: variables.count,
        firstRegister: function.activeRegisterCount,
        firstLabel: labels.count,
        firstGoto: gotos.count,
        firstInstruction: pc,
        isInsideToBeClosed: blocks.count > function.firstBlock
          && blocks[blocks.count - 1].isInsideToBeClosed
      )
    )
  }

  /// Closes a block: its variables end, its breaks land here, its open gotos go to the block around.
  mutating func leaveBlock(at token: TokenID) {
    guard let block = blocks.last else { return }
    let isOutermost = blocks.count - 1 == function.firstBlock
    removeVariables(downTo: block.firstVariable)
    var hasClosed = false
    if block.isLoop { hasClosed = landBreaks(of: block, at: token) }
    if !hasClosed, !isOutermost, block.needsClose {
      emit(.close, a: block.firstRegister, at: token)
    }
    if block.needsClose { closeReturns(from: block.firstInstruction) }
    function.freeRegister = block.firstRegister
    removeLabels(from: block.firstLabel)
    blocks.removeLast()
    if isOutermost {
      reportOpenGotos(from: block.firstGoto, at: token)
    } else {
      moveGotosOut(of: block)
    }
  }

  private mutating func removeVariables(downTo first: VariableIndex) {
    while variables.count > first {
      let variable = variables.removeLast()
      if bindings.indices.contains(Int(variable.name)),
        bindings[Int(variable.name)] == Int32(variables.count)
      {
        bindings[Int(variable.name)] = variable.hidden
      }
      if variable.kind.isGlobal { function.globalCount -= 1 }
      if variable.kind.isCollective {
        collectives.removeLast()
      } else if variable.kind.isGlobal {
        declaredGlobalCount -= 1
      }
      if variable.range < 0 { continue }
      function.locals[variable.range].end = Int32(pc)
      function.activeRegisterCount -= 1
    }
  }

  /// Lets the returns written since `first` close what the block leaves open.
  private mutating func closeReturns(from first: ProgramCounter) {
    for place in function.returns.reversed() {
      if place < first { break }
      let word = function.code[place]
      let isCall = word.opcode == .tailCall
      let count: UInt8 =
        switch word.opcode {
        case .returnNone: 1
        case .returnOne: 2
        default: word.b
        }
      function.code[place] = Word(isCall ? .tailCall : .returnMany, a: word.a, b: count, c: 1)
    }
  }

  /// Notes that a block's variable must be closed when the block is left.
  mutating func markToBeClosed() {
    blocks[blocks.count - 1].needsClose = true
    blocks[blocks.count - 1].isInsideToBeClosed = true
  }

  /// The symbol of a name; 0 if a broken tree has something else there.
  func symbol(_ token: TokenID) -> StringID {
    let token = tree[token]
    return token.kind == .name ? StringID(token.payload) : 0
  }

  /// The token after one.
  func next(_ token: TokenID) -> TokenID {
    TokenID(min(token.rawValue + 1, Int32(tree.tokens.count - 1)))
  }

  /// The token before one.
  func previous(_ token: TokenID) -> TokenID { TokenID(max(token.rawValue - 1, 0)) }

  /// The upvalue of the current function that stands for a variable of one around it.
  mutating func upvalue(for variable: VariableIndex, at token: TokenID) -> Int {
    for i in function.upvalues.indices where function.upvalues[i].variable == variable { return i }
    return addUpvalue(for: variable, at: token)
  }

  private mutating func addUpvalue(for variable: VariableIndex, at token: TokenID) -> Int {
    let owner = variables[variable].depth
    let name = variables[variable].name
    markCaptured(variable, owner: owner)
    var isLocal = true
    var index = variables[variable].register
    for level in (owner + 1)..<depth {
      if let found = outer[level].upvalues.firstIndex(where: { $0.variable == variable }) {
        index = found
      } else {
        outer[level].upvalues.append(
          Upvalue(variable: variable, name: name, isLocalOfParent: isLocal, index: index)
        )
        index = outer[level].upvalues.count - 1
        if index >= rules.upvalueCountMax {
          reportLimit("upvalues", rules.upvalueCountMax, level: level, at: token)
        }
      }
      isLocal = false
    }
    function.upvalues.append(
      Upvalue(variable: variable, name: name, isLocalOfParent: isLocal, index: index)
    )
    let shown = function.upvalues.count - (rules.hasFunctionEnvironments ? 1 : 0)
    if shown > rules.upvalueCountMax { reportLimit("upvalues", rules.upvalueCountMax, at: token) }
    return function.upvalues.count - 1
  }

  private mutating func markCaptured(_ variable: VariableIndex, owner: Int) {
    var i = (owner + 1 < depth ? outer[owner + 1].firstBlock : function.firstBlock) - 1
    while i >= 0, blocks[i].firstVariable > variable { i -= 1 }
    if i >= 0 { blocks[i].needsClose = true }
  }
}
