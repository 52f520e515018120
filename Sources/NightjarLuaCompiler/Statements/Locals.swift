// `local` declarations.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  mutating func localStatement(_ n: NodeID) {
    let count = tree.localCount(n)
    let values = tree.values(n)
    let last = tree[n].lastToken
    let first = variables.count
    let toBeClosed = declareLocals(n, count)
    if count == values.count, variables[first + count - 1].kind == .const {
      initializeWithConstant(values, first: first, count: count, at: last)
    } else {
      // 5.1 has no instruction for variables without values at the start of a function.
      let isSilent =
        rules.hasFunctionEnvironments && values.isEmpty && pc == (function.isVararg ? 1 : 0)
      evaluateList(values, wanted: count, at: isSilent ? next(last) : last)
      activate(first..<first + count)
    }
    if let toBeClosed {
      markToBeClosed()
      emit(.toBeClosed, a: variables[toBeClosed].register, at: last)
    }
  }

  /// Declares the variables of a `local`.
  ///
  /// - Returns: The one with `<close>`, if any.
  private mutating func declareLocals(_ n: NodeID, _ count: Int) -> VariableIndex? {
    var toBeClosed: VariableIndex?
    for i in 0..<count {
      let token = tree.localName(n, i)
      switch tree.localAttribute(n, i) {
      case .regular: declare(token)
      case .const: declare(token, kind: .const)
      case .close:
        declare(token, kind: .toBeClosed)
        if let toBeClosed {
          reportMultipleToBeClosed(token, first: variables[toBeClosed].token)
        } else {
          toBeClosed = variables.count - 1
        }
      }
    }
    return toBeClosed
  }

  /// Compiles a declaration that has a value for each variable and whose last one is `<const>`: if
  /// its value is a literal, the variable needs no register.
  private mutating func initializeWithConstant(
    _ values: SyntaxList,
    first: VariableIndex,
    count: Int,
    at token: TokenID
  ) {
    for i in 0..<count - 1 {
      let n = tree.node(values, i)
      _ = evaluateToNext(n, at: next(tree[n].lastToken))
    }
    let register = function.freeRegister
    let value = operand(tree.node(values, count - 1), at: token)
    if value.isConstant {
      variables[first + count - 1].kind = .compileTime
      variables[first + count - 1].literal = value
    } else {
      function.freeRegister = register
      reserve(1, at: token)
      load(value, into: register, at: token)
    }
    activate(first..<first + count)
  }

  mutating func localFunction(_ n: NodeID) {
    let token = tree.nameToken(n)
    declare(token)
    let variable = variables.count - 1
    activate(variable..<variable + 1)
    let register = function.freeRegister
    evaluate(tree.rhs(n), into: register, at: tree[n].lastToken)
    reserve(1, at: tree[n].lastToken)
    // Debuggers see the variable only when it has its value.
    function.locals[variables[variable].range].start = Int32(pc)
  }
}
