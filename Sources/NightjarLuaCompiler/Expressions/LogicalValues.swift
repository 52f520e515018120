// `and`, `or`, `not` and comparisons whose value is wanted in a register.
//
//   local x = a and b          copyJumpIfFalse x a → end;  move x b;  end:
//   local x = a < b            jumpIfLess a b → T;  loadFalseSkip x;  T: loadTrue x
//   local x = a < b or c       jumpIfLess a b → T;  move x c;  jump → end;  T: loadTrue x;  end:

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// Where the jumps of a logical expression lead that is compiled to a register.
private struct Outcomes {
  /// The register has the value already.
  var done = JumpList()
  /// The value is true and still to be loaded.
  var isTrue = JumpList()
  /// The value is false and still to be loaded.
  var isFalse = JumpList()
}

extension Generator {
  /// Whether an expression is compiled to jumps: `and`, `or`, a comparison, or `not` of one of them.
  func isLogical(_ n: NodeID) -> Bool {
    var n = n
    while true {
      let kind = tree[n].kind
      if kind.isJunction || kind.isComparison { return true }
      guard kind == .not || kind == .parenthesized else { return false }
      n = tree.lhs(n)
    }
  }

  /// Compiles a logical expression to a register.
  mutating func logical(_ n: NodeID, into target: Register, at token: TokenID) {
    ensureRegisters(max(0, target + 1 - function.freeRegister), at: token)
    var outcomes = Outcomes()
    let isFalseNext = last(n, into: target, &outcomes, at: token)
    if outcomes.isTrue.isEmpty, outcomes.isFalse.isEmpty, !isFalseNext {
      patchHere(outcomes.done)
      return
    }
    if !isFalseNext { emitJump(.jump, to: &outcomes.done, at: token) }
    if isFalseNext || !outcomes.isFalse.isEmpty {
      patchHere(outcomes.isFalse)
      emit(outcomes.isTrue.isEmpty ? .loadFalse : .loadFalseSkip, a: target, at: token)
    }
    if !outcomes.isTrue.isEmpty {
      patchHere(outcomes.isTrue)
      emit(.loadTrue, a: target, at: token)
    }
    patchHere(outcomes.done)
    markTarget()
  }

  /// Compiles the part of a logical expression that decides its value at last.
  ///
  /// - Returns: Whether control falls through with the value false and still to be loaded; else
  ///   it falls through with the value in the register.
  private mutating func last(
    _ n: NodeID,
    into target: Register,
    _ outcomes: inout Outcomes,
    at token: TokenID
  ) -> Bool {
    let node = tree[n]
    switch node.kind {
    case .parenthesized where isLogical(n):
      return last(tree.lhs(n), into: target, &outcomes, at: node.lastToken)
    case .and, .or:
      let base = spine.count
      var element = pushJunction(n)
      while spine.count > base {
        let at = tree[spine[spine.count - 1]].mainToken
        decide(element, when: node.kind == .or, into: target, &outcomes, at: at)
        element = tree.rhs(spine.removeLast())
      }
      return last(element, into: target, &outcomes, at: token)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      branchComparison(n, when: true, to: &outcomes.isTrue)
      return true
    case .not where isLogical(tree.lhs(n)):
      branch(tree.lhs(n), when: false, to: &outcomes.isTrue, at: node.lastToken)
      return true
    default:
      evaluate(n, into: target, at: token)
      return false
    }
  }

  /// Compiles an operand that may decide the value: if its truth equals `sense`, its value is the
  /// result; else control falls through.
  private mutating func decide(
    _ n: NodeID,
    when sense: Bool,
    into target: Register,
    _ outcomes: inout Outcomes,
    at token: TokenID
  ) {
    let node = tree[n]
    switch node.kind {
    case .parenthesized where isLogical(n):
      decide(tree.lhs(n), when: sense, into: target, &outcomes, at: node.lastToken)
    case .and, .or: decideJunction(n, when: sense, into: target, &outcomes, at: token)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      if sense {
        branchComparison(n, when: true, to: &outcomes.isTrue)
      } else {
        branchComparison(n, when: false, to: &outcomes.isFalse)
      }
    case .not:
      if sense {
        branch(tree.lhs(n), when: false, to: &outcomes.isTrue, at: node.lastToken)
      } else {
        branch(tree.lhs(n), when: true, to: &outcomes.isFalse, at: node.lastToken)
      }
    default: decideValue(n, when: sense, into: target, &outcomes, at: token)
    }
  }

  private mutating func decideJunction(
    _ n: NodeID,
    when sense: Bool,
    into target: Register,
    _ outcomes: inout Outcomes,
    at token: TokenID
  ) {
    let decisive = tree[n].kind == .or
    let base = spine.count
    var element = pushJunction(n)
    var skip = JumpList()
    while spine.count > base {
      let at = tree[spine[spine.count - 1]].mainToken
      if decisive == sense {
        decide(element, when: sense, into: target, &outcomes, at: at)
      } else {
        branch(element, when: decisive, to: &skip, at: at)
      }
      element = tree.rhs(spine.removeLast())
    }
    decide(element, when: sense, into: target, &outcomes, at: token)
    patchHere(skip)
  }

  private mutating func decideValue(
    _ n: NodeID,
    when sense: Bool,
    into target: Register,
    _ outcomes: inout Outcomes,
    at token: TokenID
  ) {
    let mark = function.freeRegister
    let value = operand(n, at: token)
    function.freeRegister = mark
    if value.isConstant {
      if value.isFalsy == sense { return }
      load(value, into: target, at: token)
      emitJump(.jump, to: &outcomes.done, at: token)
    } else if value.register == target {
      emitJump(
        sense ? .jumpIfTrue : .jumpIfFalse,
        a: target,
        to: &outcomes.done,
        at: token
      )
    } else {
      emitJump(
        sense ? .copyJumpIfTrue : .copyJumpIfFalse,
        a: target,
        b: value.register,
        to: &outcomes.done,
        at: token
      )
    }
  }
}
