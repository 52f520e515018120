// Expressions of one value: which of the other files of this folder compiles what.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  /// Compiles an expression without choosing its register: a literal stays a literal, a local
  /// variable stays where it is, any other value goes to the next register, which is taken.
  mutating func operand(_ n: NodeID, at token: TokenID) -> Operand {
    let node = tree[n]
    switch node.kind {
    case .nilLiteral, .missing: return .nil
    case .falseLiteral: return .false
    case .trueLiteral: return .true
    case .numeral: return numeral(node.mainToken)
    case .string: return string(node.mainToken)
    case .name: return variable(node.mainToken, at: token)
    case .parenthesized: return operand(tree.lhs(n), at: token)
    case .not, .negate, .length, .bitNot: return unary(n, into: nil)
    case .and, .or, .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual,
      .concatenate, .index, .field, .call, .methodCall, .function, .table, .vararg:
      return .register(evaluateToNext(n, at: token))
    default:
      return node.kind.isBinary ? arithmetic(n, into: nil) : .nil
    }
  }

  /// Compiles an expression to a register: a variable's or the first free one.
  mutating func evaluate(_ n: NodeID, into target: Register, at token: TokenID) {
    let node = tree[n]
    let mark = function.freeRegister
    if target >= function.registerCount { ensureRegisters(target + 1 - mark, at: token) }
    switch node.kind {
    case .nilLiteral, .missing: loadNil(target, count: 1, at: token)
    case .falseLiteral: emit(.loadFalse, a: target, at: token)
    case .trueLiteral: emit(.loadTrue, a: target, at: token)
    case .numeral: load(numeral(node.mainToken), into: target, at: token)
    case .string: load(string(node.mainToken), into: target, at: token)
    case .vararg: emitVararg(into: target, results: 2, at: previous(node.mainToken))
    case .name:
      let place = place(ofName: node.mainToken, at: token)
      load(place, into: target, at: token)
    case .parenthesized: evaluate(tree.lhs(n), into: target, at: node.lastToken)
    case .not, .negate, .length, .bitNot:
      let result = unary(n, into: target)
      load(result, into: target, at: token)
    case .and, .or, .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      logical(n, into: target, at: token)
    case .concatenate: concatenate(n, into: target, at: token)
    case .index, .field: access(n, into: target, at: token)
    case .call, .methodCall:
      let result = call(n, results: 2)
      load(.register(result), into: target, at: token)
    case .function: closure(n, into: target)
    case .table: table(n, into: target, at: token)
    default:
      if node.kind.isBinary {
        let result = arithmetic(n, into: target)
        load(result, into: target, at: token)
      }
    }
    function.freeRegister = mark
  }

  private func numeral(_ token: TokenID) -> Operand {
    guard tree[token].kind == .numeral else { return .integer(0) }
    switch tree.numeral(token) {
    case .integer(let value): return .integer(value)
    case .float(let value): return .float(value)
    }
  }

  private mutating func string(_ token: TokenID) -> Operand {
    guard tree[token].kind == .string else { return .nil }
    return .string(strings.intern(tree.stringValue(token), in: tree))
  }

  private mutating func variable(_ token: TokenID, at: TokenID) -> Operand {
    let mark = function.freeRegister
    let place = place(ofName: token, at: at)
    switch place.kind {
    case .local: return .register(place.object)
    case .compileTime: return variables[place.object].literal
    default:
      function.freeRegister = mark
      return .register(register(of: place, at: at))
    }
  }

  /// Compiles the expressions of a list to the next registers; the last may yield any number.
  ///
  /// - Parameters:
  ///   - list: The expressions.
  ///   - wanted: How many values are used; missing ones become nil, surplus ones are computed and
  ///     dropped. The registers of the wanted ones are taken.
  ///   - token: The last token of the list.
  mutating func evaluateList(_ list: SyntaxList, wanted: Int, at token: TokenID) {
    let mark = function.freeRegister
    for i in list.indices {
      let n = tree.node(list, i)
      if i + 1 < list.count {
        _ = evaluateToNext(n, at: next(tree[n].lastToken))
        continue
      }
      let missing = wanted - i
      if tree[n].kind.isMultiValued {
        evaluateMultiple(n, results: max(missing, 0) + 1)
        if missing > 0 { reserve(missing, at: token) }
      } else {
        _ = evaluateToNext(n, at: token)
      }
    }
    let missing = mark + wanted - function.freeRegister
    if missing > 0 {
      let first = function.freeRegister
      reserve(missing, at: token)
      loadNil(first, count: missing, at: token)
    }
    function.freeRegister = mark + wanted
  }

  /// Writes the values of `...`, of the table that holds them if it has a name.
  @inline(never)
  private mutating func emitVararg(into target: Register, results: Int, at token: TokenID) {
    if let table = function.varargRegister, !function.readsVarargElements {
      emit(.varargFrom, a: target, b: table, c: results, at: token)
    } else {
      emit(.vararg, a: target, c: results, at: token)
    }
  }

  /// Compiles a call or `...` so that its values start at the first free register.
  ///
  /// - Parameters:
  ///   - n: The call or `...`.
  ///   - results: One more than the number of values; 0 for all of them.
  mutating func evaluateMultiple(_ n: NodeID, results: Int) {
    let mark = function.freeRegister
    if tree[n].kind == .vararg {
      ensureRegisters(1, at: tree[n].mainToken)
      emitVararg(into: mark, results: results, at: previous(tree[n].mainToken))
    } else {
      _ = call(n, results: results)
    }
    function.freeRegister = mark
  }
}
