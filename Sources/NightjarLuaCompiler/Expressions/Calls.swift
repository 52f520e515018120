// Calls: the function in the first register, its arguments after it, the results over both.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// Writes a call of a function or method.
  ///
  /// - Parameters:
  ///   - object: The function, or the method's receiver. If it has a register of its own that is
  ///     not a variable's, that is `base`.
  ///   - n: The call.
  ///   - base: The first register of the call.
  ///   - results: One more than the number of values wanted; 0 for all of them.
  mutating func emitCall(of object: Place, _ n: NodeID, base: Register, results: Int) {
    let node = tree[n]
    if node.kind == .methodCall {
      emitSelf(object, n, base: base)
    } else {
      let token = tree[NodeID(node.lhs)].lastToken
      if object.kind != .local || object.object != base {
        function.freeRegister = base
        reserve(1, at: token)
        load(object, into: base, at: token)
      }
    }
    let isOpen = evaluateArguments(n)
    let count = isOpen ? 0 : function.freeRegister - base
    let line = rules.hasAttributes ? node.mainToken : firstToken(ofChain: n)
    emit(.call, a: base, b: count, c: results, at: line)
  }

  /// Where a chain of fields and calls begins: before 5.4 its calls count as being there.
  @inline(never)
  private func firstToken(ofChain n: NodeID) -> TokenID {
    var bottom = n
    while tree[bottom].kind.isSuffix { bottom = tree.lhs(bottom) }
    return tree[bottom].mainToken
  }

  /// Puts a method and its receiver into the first registers of a call.
  private mutating func emitSelf(_ object: Place, _ n: NodeID, base: Register) {
    let name = tree.methodName(n)
    let receiver = register(of: object, at: name)
    let key = Operand.string(symbol(name))
    function.freeRegister = base
    if let index = fieldKey(key) {
      let isFar = index > 255 || tree.text(of: name).count > 40
      reserve(2, at: name)
      if isFar && !rules.hasFarMethods {
        emit(.move, a: base + 1, b: receiver, at: name)
        emit(.getField, a: base, b: base + 1, d: index, at: name)
        return
      }
      emit(.selfField, a: base, b: receiver, d: index, at: name)
      return
    }
    reserve(3, at: name)
    emit(.move, a: base + 1, b: receiver, at: name)
    load(key, into: base + 2, at: name)
    emit(.getTable, a: base, b: base + 1, c: base + 2, at: name)
    function.freeRegister = base + 2
  }

  /// Compiles the arguments of a call to the next registers and takes them.
  ///
  /// - Returns: Whether the last one yields any number of values.
  private mutating func evaluateArguments(_ n: NodeID) -> Bool {
    let arguments = tree.callArguments(n)
    for i in arguments.indices {
      let argument = tree.node(arguments, i)
      if i + 1 < arguments.count {
        _ = evaluateToNext(argument, at: next(tree[argument].lastToken))
      } else if tree[argument].kind.isMultiValued {
        evaluateMultiple(argument, results: 0)
        return true
      } else {
        _ = evaluateToNext(argument, at: tree[n].lastToken)
      }
    }
    return false
  }
}
