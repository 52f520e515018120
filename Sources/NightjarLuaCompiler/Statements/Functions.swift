// Functions: entering one, its parameters, and making its prototype when it ends.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  mutating func functionStatement(_ n: NodeID) {
    let node = tree[n]
    let targetNode = tree.lhs(n)
    let functionNode = tree.rhs(n)
    let place: Place
    switch tree[targetNode].kind {
    case .name: place = self.place(ofName: tree[targetNode].mainToken, at: node.mainToken)
    case .field, .index: place = self.place(ofSuffixed: targetNode)
    default: place = Place(kind: .compileTime, object: 0)
    }
    if rules.hasGlobalDeclarations, tree[targetNode].kind == .name {
      checkAssignable(tree[targetNode].mainToken, noticedAt: next(tree[targetNode].mainToken))
    }
    // The store stands on the first line, where debuggers look for the definition.
    let register = function.freeRegister
    closure(functionNode, into: register, isMethod: node.kind == .methodStatement)
    reserve(1, at: node.lastToken)
    store(.register(register), to: place, at: node.mainToken)
    if !rules.hasGlobalDeclarations, tree[targetNode].kind == .name {
      checkAssignable(tree[targetNode].mainToken, noticedAt: next(node.lastToken))
    }
  }

  /// Compiles a function and the instruction that makes a closure of it.
  mutating func closure(_ n: NodeID, into target: Register, isMethod: Bool = false) {
    let node = tree[n]
    guard node.kind == .function else { return }
    if target >= function.registerCount {
      ensureRegisters(target + 1 - function.freeRegister, at: node.mainToken)
    }
    enterFunction(at: node.mainToken)
    function.lineDefined = Int32(tree.line(of: node.mainToken))
    function.lastLineDefined = Int32(tree.line(of: node.lastToken))
    function.isVararg = tree.isVararg(n)
    function.isEnded = tree[tree.functionBody(n)].lastToken < node.lastToken
    declareParameters(of: n, isMethod: isMethod)
    statements(of: tree.functionBody(n))
    let prototype = leaveFunction(at: node.lastToken)
    function.functions.append(prototype)
    emit(
      rules.sharesClosures ? .closureShared : .closure,
      a: target,
      d: function.functions.count - 1,
      at: node.lastToken
    )
  }

  @inline(never)
  private mutating func declareParameters(of n: NodeID, isMethod: Bool) {
    let parameters = tree.parameters(n)
    let first = variables.count
    if isMethod {
      declare(StringID(SyntaxTree.selfSymbol), at: next(tree[n].mainToken))
    }
    for i in parameters.indices { declare(tree.token(parameters, i)) }
    let count = variables.count - first
    activate(first..<variables.count)
    function.parameterCount = count
    let body = tree[tree.functionBody(n)].mainToken
    if function.isVararg { emit(.varargPrepare, a: count, at: previous(body)) }
    reserve(count, at: body)
    if function.isVararg { declareVarargTable(of: n, at: body) }
  }

  /// Makes the table of variable arguments, where they have a name.
  @inline(never)
  private mutating func declareVarargTable(of n: NodeID, at body: TokenID) {
    let token = tree.varargName(n)
    let first = variables.count
    if token.isPresent {
      declare(token, kind: .const)
      function.varargRegister = function.freeRegister
    } else if rules.hasArgTable {
      declare(strings.intern(Array("arg".utf8), in: tree), at: body)
    } else if rules.hasNamedVarargs {
      // 5.5 has a variable for the table all the same, which the debug library shows.
      declare(strings.intern(Array("(vararg table)".utf8), in: tree), at: body)
    } else {
      return
    }
    let register = function.freeRegister
    reserve(1, at: body)
    let isUsed = rules.hasArgTable && !usesVararg(tree.functionBody(n))
    function.readsVarargElements =
      token.isPresent && readsElements(of: symbol(token), in: tree.functionBody(n))
    // Functions that use `...` have the variable all the same; `varargPrepare` leaves nil there.
    if token.isPresent && !function.readsVarargElements || isUsed {
      emit(.varargTable, a: register, at: previous(body))
    }
    activate(first..<variables.count)
  }

  /// Whether a body does nothing with a variable but read its elements, and no function in it knows it.
  @inline(never)
  private func readsElements(of name: StringID, in body: NodeID) -> Bool {
    if name == StringID(SyntaxTree.environmentSymbol) { return false }
    func isVariable(_ n: NodeID) -> Bool {
      tree[n].kind == .name && symbol(tree[n].mainToken) == name
    }
    func isElement(_ n: NodeID) -> Bool {
      (tree[n].kind == .field || tree[n].kind == .index) && isVariable(tree.lhs(n))
    }
    // Nodes stand in the order of their ends: those of a body end at it and begin with its tokens.
    let opener = tree[body].mainToken
    var innerFunction: TokenID?
    var useCount = 0
    var position = body.rawValue - 1
    while position > 0, tree[NodeID(position)].lastToken >= opener {
      let n = NodeID(position)
      position -= 1
      let node = tree[n]
      if isVariable(n) {
        if let innerFunction, node.mainToken >= innerFunction { return false }
        useCount += 1
      }
      if isElement(n) { useCount -= 1 }
      switch node.kind {
      case .function where innerFunction.map({ node.mainToken < $0 }) ?? true:
        innerFunction = node.mainToken
      case .functionStatement, .methodStatement:
        if isElement(tree.lhs(n)) { return false }
      case .assignment:
        let targets = tree.targets(n)
        for i in targets.indices where isElement(tree.node(targets, i)) { return false }
      default: break
      }
    }
    return useCount == 0
  }

  /// Whether `...` stands in a body, that of functions in it left out.
  @inline(never)
  private func usesVararg(_ body: NodeID) -> Bool {
    // Nodes stand in the order of their ends: those of a body end at it and begin with its tokens.
    let opener = tree[body].mainToken
    var n = body.rawValue - 1
    while n > 0, tree[NodeID(n)].lastToken >= opener {
      let node = tree[NodeID(n)]
      if node.kind == .vararg { return true }
      if node.kind == .function {
        // Skips what is in it.
        let first = node.mainToken
        n -= 1
        while n > 0, tree[NodeID(n)].mainToken >= first { n -= 1 }
        continue
      }
      n -= 1
    }
    return false
  }

  /// Compiles the main chunk: a vararg function with one upvalue, `_ENV`.
  mutating func mainFunction() -> FunctionPrototype {
    variables.append(
      Variable(name: StringID(SyntaxTree.environmentSymbol), token: .none, depth: -1)
    )
    bindings[Int(SyntaxTree.environmentSymbol)] = 0
    function.firstVariable = 1
    function.isVararg = true
    function.upvalues.append(environmentUpvalue(isLocalOfParent: true))
    enterBlock()
    emit(.varargPrepare, at: TokenID(0))
    function.lines[0] = 1
    statements(of: tree.root)
    let last = TokenID(max(0, Int32(tree.tokens.count) - 2))
    emitReturn(.returnNone, at: last)
    if tree.tokens.count < 2 { function.lines[function.lines.count - 1] = 1 }
    leaveBlock(at: last)
    return finish()
  }

  @inline(never)
  private func environmentUpvalue(isLocalOfParent: Bool) -> Upvalue {
    Upvalue(
      variable: 0,
      name: StringID(SyntaxTree.environmentSymbol),
      isLocalOfParent: isLocalOfParent,
      index: 0
    )
  }

  @inline(never)
  private mutating func enterFunction(at token: TokenID) {
    var new = FunctionState()
    new.firstVariable = variables.count
    new.firstBlock = blocks.count
    new.firstLabel = labels.count
    new.token = token
    if rules.hasFunctionEnvironments {
      // Every function has its environment as upvalue 0, so that `setfenv` finds it there.
      new.upvalues.append(environmentUpvalue(isLocalOfParent: false))
    }
    swap(&function, &new)
    outer.append(new)
    enterBlock()
  }

  private mutating func leaveFunction(at token: TokenID) -> FunctionPrototype {
    emitReturn(.returnNone, at: token)
    leaveBlock(at: token)
    let prototype = finish()
    if let around = outer.popLast() { function = around }
    return prototype
  }

  /// Makes the prototype of the current function.
  private mutating func finish() -> FunctionPrototype {
    shortenJumps()
    for place in function.returns { setD(place, Int32(truncatingIfNeeded: place + 1)) }
    var constants: [Constant] = []
    constants.reserveCapacity(function.constants.entries.count)
    for entry in function.constants.entries { constants.append(constantValue(entry)) }
    var upvalues: [UpvalueDescriptor] = []
    for upvalue in function.upvalues {
      upvalues.append(
        UpvalueDescriptor(
          name: strings.bytes(upvalue.name, in: tree),
          isLocalOfParent: upvalue.isLocalOfParent,
          index: UInt8(truncatingIfNeeded: upvalue.index)
        )
      )
    }
    var locals: [LocalVariable] = []
    locals.reserveCapacity(function.locals.count)
    for local in function.locals {
      locals.append(
        LocalVariable(
          name: strings.bytes(local.name, in: tree),
          start: local.start,
          end: local.end
        )
      )
    }
    return FunctionPrototype(
      dialect: tree.dialect,
      code: function.code,
      constants: constants,
      upvalues: upvalues,
      functions: function.functions,
      parameterCount: UInt8(truncatingIfNeeded: function.parameterCount),
      isVararg: function.isVararg,
      registerCount: UInt8(truncatingIfNeeded: function.registerCount),
      source: chunkName,
      lineDefined: function.lineDefined,
      lastLineDefined: function.lastLineDefined,
      lines: function.lines,
      locals: locals
    )
  }

  private mutating func constantValue(_ operand: Operand) -> Constant {
    switch operand.kind {
    case .nil, .register: .nil
    case .true: .boolean(true)
    case .false: .boolean(false)
    case .integer: .integer(operand.bits)
    case .float: .float(operand.double)
    case .string: .string(strings.bytes(StringID(operand.bits), in: tree))
    }
  }

  /// Lets jumps to jumps lead to where those lead.
  ///
  /// A conditional jump must go forward, so it follows only jumps that end behind it; an
  /// unconditional one may become a `jumpBack`.
  private mutating func shortenJumps() {
    for place in function.code.indices {
      guard let opcode = function.code[place].opcode, opcode.rawValue >= Opcode.jump.rawValue,
        opcode.rawValue <= Opcode.jumpIfNotGreaterEqualI.rawValue
      else { continue }
      let start = place + 1 + Int(function.code[place].d)
      let target = finalTarget(of: start, from: place, mayGoBack: opcode == .jump)
      if target == start, opcode != .jump { continue }
      if opcode == .jumpBack, target > place { continue }
      if target <= place, opcode == .jump {
        function.code[place] = Word(.jumpBack)
      }
      setJump(place, to: target)
    }
  }

  private func finalTarget(
    of start: ProgramCounter,
    from place: ProgramCounter,
    mayGoBack: Bool
  ) -> ProgramCounter {
    var target = start
    for _ in 0..<100 {
      guard target < pc else { break }
      let word = function.code[target]
      guard word.opcode == .jump || word.opcode == .jumpBack else { break }
      let following = target + 1 + Int(word.d)
      if following <= place, !mayGoBack { break }
      target = following
    }
    return target
  }
}
