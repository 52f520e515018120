// Conditions: expressions compiled to jumps. A comparison and its jump are one instruction, and
// `and`, `or` and `not` cost nothing but the jumps of their operands.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension NodeKind {
  /// Whether it is one of `==`, `~=`, `<`, `<=`, `>`, `>=`.
  var isComparison: Bool {
    rawValue >= NodeKind.equal.rawValue && rawValue <= NodeKind.greaterEqual.rawValue
  }

  /// Whether it is `and` or `or`.
  var isJunction: Bool { self == .and || self == .or }
}

extension Generator {
  /// Adds to `list` a jump taken if the truth of an expression equals `sense`; else control falls
  /// through.
  mutating func branch(
    _ n: NodeID,
    when sense: Bool,
    to list: inout JumpList,
    at token: TokenID
  ) {
    let node = tree[n]
    switch node.kind {
    case .parenthesized: branch(tree.lhs(n), when: sense, to: &list, at: node.lastToken)
    case .not: branch(tree.lhs(n), when: !sense, to: &list, at: node.lastToken)
    case .and, .or: branchJunction(n, when: sense, to: &list, at: token)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      branchComparison(n, when: sense, to: &list)
    default:
      let mark = function.freeRegister
      let value = operand(n, at: token)
      function.freeRegister = mark
      if value.isConstant {
        if value.isFalsy != sense { emitJump(.jump, to: &list, at: token) }
      } else {
        emitJump(
          sense ? .jumpIfTrue : .jumpIfFalse,
          a: value.register,
          to: &list,
          at: token
        )
      }
    }
  }

  private mutating func branchJunction(
    _ n: NodeID,
    when sense: Bool,
    to list: inout JumpList,
    at token: TokenID
  ) {
    // `a or b` is decided by the first operand that is true, `a and b` by the first that is false.
    let decisive = tree[n].kind == .or
    let base = spine.count
    var element = pushJunction(n)
    var skip = JumpList()
    while spine.count > base {
      let at = tree[spine[spine.count - 1]].mainToken
      if decisive == sense {
        branch(element, when: sense, to: &list, at: at)
      } else {
        branch(element, when: decisive, to: &skip, at: at)
      }
      element = tree.rhs(spine.removeLast())
    }
    branch(element, when: sense, to: &list, at: token)
    patchHere(skip)
  }

  /// Puts the operators of a chain of `and` or of `or` on the spine, the last one first.
  ///
  /// - Returns: The chain's first operand; the others are right operands of the operators.
  mutating func pushJunction(_ n: NodeID) -> NodeID {
    let kind = tree[n].kind
    var bottom = n
    while tree[bottom].kind == kind {
      spine.append(bottom)
      bottom = tree.lhs(bottom)
    }
    return bottom
  }

  /// Adds a jump taken if the outcome of a comparison, or of a chain of them, equals `sense`.
  mutating func branchComparison(_ n: NodeID, when sense: Bool, to list: inout JumpList) {
    let mark = function.freeRegister
    let base = spine.count
    var bottom = n
    while tree[bottom].kind.isComparison {
      spine.append(bottom)
      bottom = tree.lhs(bottom)
    }
    var left = operand(bottom, at: tree[spine[spine.count - 1]].mainToken)
    while true {
      let node = tree[spine.removeLast()]
      if spine.count == base {
        emitComparison(left, node, when: sense, to: &list)
        break
      }
      var isTrue = JumpList()
      emitComparison(left, node, when: true, to: &isTrue)
      function.freeRegister = mark
      reserve(1, at: node.lastToken)
      emit(.loadFalseSkip, a: mark, at: node.lastToken)
      patchHere(isTrue)
      emit(.loadTrue, a: mark, at: node.lastToken)
      markTarget()
      left = .register(mark)
    }
    function.freeRegister = mark
  }

  /// Compiles the right operand of a comparison, and the comparison.
  private mutating func emitComparison(
    _ left: Operand,
    _ node: Node,
    when sense: Bool,
    to list: inout JumpList
  ) {
    let rightNode = NodeID(node.rhs)
    let last = tree[rightNode].lastToken
    var left = left
    if left.kind == .string, node.kind != .equal, node.kind != .notEqual {
      left = .register(register(of: left, at: node.mainToken))
    }
    let right = operand(rightNode, at: last)
    switch node.kind {
    case .equal: emitEquality(left, right, when: sense, to: &list, at: last)
    case .notEqual: emitEquality(left, right, when: !sense, to: &list, at: last)
    case .less: emitOrder(left, right, orEqual: false, when: sense, to: &list, at: last)
    case .lessEqual: emitOrder(left, right, orEqual: true, when: sense, to: &list, at: last)
    case .greater: emitOrder(right, left, orEqual: false, when: sense, to: &list, at: last)
    default: emitOrder(right, left, orEqual: true, when: sense, to: &list, at: last)
    }
  }

  @inline(never)
  private mutating func emitEquality(
    _ left: Operand,
    _ right: Operand,
    when sense: Bool,
    to list: inout JumpList,
    at token: TokenID
  ) {
    let (object, other) = left.isConstant && !right.isConstant ? (right, left) : (left, right)
    let a = register(of: object, at: token)
    if other.isConstant {
      let index = constant(other)
      if index <= 0xFFFF {
        emitJump(
          sense ? .jumpIfEqualK : .jumpIfNotEqualK,
          a: a,
          b: index & 0xFF,
          c: index >> 8,
          to: &list,
          at: token
        )
        return
      }
    }
    let b = register(of: other, at: token)
    emitJump(sense ? .jumpIfEqual : .jumpIfNotEqual, a: a, b: b, to: &list, at: token)
  }

  /// Writes `left < right` or `left <= right`.
  @inline(never)
  private mutating func emitOrder(
    _ left: Operand,
    _ right: Operand,
    orEqual: Bool,
    when sense: Bool,
    to list: inout JumpList,
    at token: TokenID
  ) {
    if let value = integral(right).immediate16 {
      let opcode: Opcode =
        orEqual
        ? (sense ? .jumpIfLessEqualI : .jumpIfNotLessEqualI)
        : (sense ? .jumpIfLessI : .jumpIfNotLessI)
      emitImmediate(opcode, register(of: left, at: token), value, to: &list, at: token)
    } else if let value = integral(left).immediate16 {
      let opcode: Opcode =
        orEqual
        ? (sense ? .jumpIfGreaterEqualI : .jumpIfNotGreaterEqualI)
        : (sense ? .jumpIfGreaterI : .jumpIfNotGreaterI)
      emitImmediate(opcode, register(of: right, at: token), value, to: &list, at: token)
    } else {
      let opcode: Opcode =
        orEqual
        ? (sense ? .jumpIfLessEqual : .jumpIfNotLessEqual)
        : (sense ? .jumpIfLess : .jumpIfNotLess)
      let a = register(of: left, at: token)
      let b = register(of: right, at: token)
      emitJump(opcode, a: a, b: b, to: &list, at: token)
    }
  }

  @inline(never)
  private mutating func emitImmediate(
    _ opcode: Opcode,
    _ a: Register,
    _ value: Int16,
    to list: inout JumpList,
    at token: TokenID
  ) {
    let bits = Int(UInt16(bitPattern: value))
    emitJump(opcode, a: a, b: bits & 0xFF, c: bits >> 8, to: &list, at: token)
  }
}
