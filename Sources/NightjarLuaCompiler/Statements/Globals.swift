// `global` declarations (Lua 5.5 manual, sections 2.2 and 3.3.7). A declaration is kept among the variables, without
// a register, so that scopes end it as they end locals; it costs nothing at run time but the check
// that a variable with a value is not defined yet.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// `global a, b = 1, 2`.
  @inline(never)
  mutating func globalStatement(_ n: NodeID) {
    let count = tree.localCount(n)
    let values = tree.values(n)
    let first = variables.count
    for i in 0..<count {
      let token = tree.localName(n, i)
      if tree.localAttribute(n, i) == .close { reportGlobalToBeClosed(token) }
      let isConstant = tree.localAttribute(n, i) == .const
      variables.append(
        Variable(
          name: symbol(token),
          kind: isConstant ? .constGlobal : .global,
          token: token,
          depth: depth
        )
      )
    }
    let last = tree[n].lastToken
    if !values.isEmpty {
      // The values do not see the variables yet.
      let base = function.freeRegister
      var places: [Place] = []
      for i in 0..<count {
        let token = tree.localName(n, i)
        places.append(globalPlace(symbol(token), token: token, at: token))
      }
      let start = function.freeRegister
      evaluateList(values, wanted: count, at: last)
      for i in stride(from: count - 1, through: 0, by: -1) {
        checkUndefined(tree.localName(n, i), places[i])
        store(.register(start + i), to: places[i], at: last)
      }
      function.freeRegister = base
    }
    activate(first..<first + count)
  }

  /// `global *`.
  @inline(never)
  mutating func globalAllStatement(_ n: NodeID) {
    let attribute = tree.collectiveAttribute(n)
    let token = tree[n].mainToken
    if attribute == .close { reportGlobalToBeClosed(token) }
    let kind: Variable.Kind = attribute == .const ? .allConstGlobals : .allGlobals
    variables.append(Variable(name: -1, kind: kind, token: token, depth: depth))
    activate(variables.count - 1..<variables.count)
  }

  /// `global function f() end`.
  @inline(never)
  mutating func globalFunction(_ n: NodeID) {
    let node = tree[n]
    let token = tree.nameToken(n)
    variables.append(Variable(name: symbol(token), kind: .global, token: token, depth: depth))
    activate(variables.count - 1..<variables.count)
    let place = globalPlace(symbol(token), token: token, at: token)
    let register = function.freeRegister
    closure(tree.rhs(n), into: register)
    reserve(1, at: node.lastToken)
    checkUndefined(token, place)
    store(.register(register), to: place, at: node.mainToken)
  }

  /// Writes the test that a variable is not defined before it is given its first value.
  @inline(never)
  private mutating func checkUndefined(_ token: TokenID, _ place: Place) {
    let mark = function.freeRegister
    let register = register(of: place, at: token)
    emit(.checkUndefined, a: register, d: constant(.string(symbol(token))), at: token)
    function.freeRegister = mark
  }

  // MARK: What is declared

  /// Notes that a declaration has become visible.
  @inline(never)
  mutating func noteGlobal(_ index: VariableIndex) {
    function.globalCount += 1
    if variables[index].kind.isCollective {
      collectives.append(index)
    } else {
      declaredGlobalCount += 1
    }
  }

  /// The declaration that covers a global variable: its own, else the innermost one of all.
  @inline(never)
  func globalDeclaration(of name: StringID) -> (token: TokenID, isConstant: Bool)? {
    let own = Int(bindings[Int(name)])
    if own >= 0, variables[own].kind.isGlobal {
      return (variables[own].token, variables[own].kind == .constGlobal)
    }
    return collectives.last.map {
      (variables[$0].token, variables[$0].kind == .allConstGlobals)
    }
  }

  /// Reports a global variable that is not declared although others are.
  @inline(never)
  mutating func checkDeclared(_ token: TokenID, noticedAt: TokenID) {
    if declaredGlobalCount == 0 || globalDeclaration(of: symbol(token)) != nil { return }
    reportUndeclared(token, noticedAt: noticedAt)
  }
}
