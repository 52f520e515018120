// Operators that yield a number or a string. Chains of binary operators lean to the left and may be
// very long, so they are walked in a loop; concatenations lean to the right and become one
// instruction.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension NodeKind {
  /// Whether it is a binary operator other than `..`, `and`, `or` and comparisons.
  var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: true
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: true
    default: false
    }
  }
}

extension Generator {
  /// Compiles a chain of binary operators.
  ///
  /// - Parameters:
  ///   - n: The expression.
  ///   - target: Where the value goes; if `nil`, the next register, which is taken.
  /// - Returns: A literal if all was folded, else the target.
  mutating func arithmetic(_ n: NodeID, into target: Register?) -> Operand {
    let base = spine.count
    let mark = function.freeRegister
    var bottom = n
    repeat {
      spine.append(bottom)
      bottom = tree.lhs(bottom)
    } while tree[bottom].kind.isArithmetic
    var left = operand(bottom, at: tree[spine[spine.count - 1]].mainToken)
    while spine.count > base {
      let node = tree[spine.removeLast()]
      if !left.isNumeral { left = .register(register(of: left, at: node.mainToken)) }
      let rightNode = NodeID(node.rhs)
      let right = operand(rightNode, at: tree[rightNode].lastToken)
      if let folded = Folding.binary(
        node.kind,
        left,
        right,
        foldsModulo: rules.modulo != .floor
      ) {
        left = folded
        continue
      }
      let destination = spine.count == base ? target ?? mark : mark
      emitArithmetic(node.kind, left, right, into: destination, node: node)
      function.freeRegister = mark
      if destination == mark { reserve(1, at: node.mainToken) }
      left = .register(destination)
    }
    return left
  }

  /// Writes one operation, in the shortest form its operands allow.
  @inline(never)
  private mutating func emitArithmetic(
    _ kind: NodeKind,
    _ left: Operand,
    _ right: Operand,
    into target: Register,
    node: Node
  ) {
    let loaded = tree[NodeID(node.rhs)].lastToken
    if kind == .add || kind == .subtract,
      emitAddImmediate(kind, left, right, into: target, loaded: loaded, node: node)
    {
      return
    }
    let (registers, constant) = opcodes(of: kind)
    let isBitwise = Generator.isBitwise(kind)
    if isBitwise ? right.kind == .integer : right.isNumeral {
      let object = register(of: left, at: loaded)
      emit(constant, a: target, b: object, d: self.constant(right), at: node.mainToken)
      return
    }
    if Generator.isCommutative(kind), isBitwise ? left.kind == .integer : left.isNumeral {
      let object = register(of: right, at: loaded)
      emit(constant, a: target, b: object, c: 1, d: self.constant(left), at: node.mainToken)
      return
    }
    let b = register(of: right, at: loaded)
    let a = register(of: left, at: loaded)
    emit(registers, a: target, b: a, c: b, at: node.mainToken)
  }

  @inline(never)
  private mutating func emitAddImmediate(
    _ kind: NodeKind,
    _ left: Operand,
    _ right: Operand,
    into target: Register,
    loaded: TokenID,
    node: Node
  ) -> Bool {
    let isMinus = kind == .subtract
    // Without integers `x - 0` keeps the sign of a zero.
    if let value = integral(right).immediate32, value != .min,
      rules.hasIntegers || value != 0 || !isMinus
    {
      let object = register(of: left, at: loaded)
      emit(
        .addI,
        a: target,
        b: object,
        c: isMinus ? 2 : 0,
        d: Int(isMinus ? -value : value),
        at: node.mainToken
      )
      return true
    }
    guard kind == .add, let value = integral(left).immediate32 else { return false }
    let object = register(of: right, at: loaded)
    emit(.addI, a: target, b: object, c: 1, d: Int(value), at: node.mainToken)
    return true
  }

  /// Compiles `-`, `~`, `#` or `not`.
  ///
  /// - Parameters:
  ///   - n: The expression.
  ///   - target: Where the value goes; if `nil`, the next register, which is taken.
  /// - Returns: A literal if it was folded, else the target.
  mutating func unary(_ n: NodeID, into target: Register?) -> Operand {
    let node = tree[n]
    if node.kind == .not, isLogical(tree.lhs(n)) {
      let destination = target ?? function.freeRegister
      logical(n, into: destination, at: node.lastToken)
      if target == nil { reserve(1, at: node.lastToken) }
      return .register(destination)
    }
    let mark = function.freeRegister
    let value = operand(tree.lhs(n), at: node.lastToken)
    if node.kind == .not {
      if value.isConstant { return value.isFalsy ? .true : .false }
    } else if let folded = Folding.unary(node.kind, value) {
      return folded
    }
    let source = register(of: value, at: node.lastToken)
    let destination = target ?? mark
    switch node.kind {
    case .not: emit(.not, a: destination, b: source, at: node.lastToken)
    case .length:
      emit(rules.hasIntegers ? .len : .lenFloat, a: destination, b: source, at: node.mainToken)
    case .negate: emit(.unm, a: destination, b: source, at: node.mainToken)
    default: emit(.bnot, a: destination, b: source, at: node.mainToken)
    }
    function.freeRegister = mark
    if destination == mark { reserve(1, at: node.lastToken) }
    return .register(destination)
  }

  /// Compiles a chain of `..`: all operands in a row of registers, then one instruction.
  mutating func concatenate(_ n: NodeID, into target: Register, at token: TokenID) {
    let first = function.freeRegister
    var line = tree[n].mainToken
    var rest = n
    while tree[rest].kind == .concatenate {
      line = tree[rest].mainToken
      _ = evaluateToNext(tree.lhs(rest), at: tree[rest].mainToken)
      rest = tree.rhs(rest)
    }
    let last = evaluateToNext(rest, at: tree[rest].lastToken)
    emit(.concat, a: first, b: last - first + 1, at: line)
    function.freeRegister = first
    load(.register(first), into: target, at: token)
  }

  private static func isBitwise(_ kind: NodeKind) -> Bool {
    switch kind {
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: true
    default: false
    }
  }

  private static func isCommutative(_ kind: NodeKind) -> Bool {
    switch kind {
    case .add, .multiply, .bitAnd, .bitOr, .bitXor: true
    default: false
    }
  }

  @inline(never)
  private func opcodes(of kind: NodeKind) -> (registers: Opcode, constant: Opcode) {
    switch kind {
    case .add: (.add, .addK)
    case .subtract: (.sub, .subK)
    case .multiply: (.mul, .mulK)
    case .divide: (.div, .divK)
    case .floorDivide: (.idiv, .idivK)
    case .modulo: rules.modulo == .floor ? (.modFloor, .modFloorK) : (.mod, .modK)
    case .power: (.pow, .powK)
    case .bitAnd: (.band, .bandK)
    case .bitOr: (.bor, .borK)
    case .bitXor: (.bxor, .bxorK)
    case .shiftLeft: (.shl, .shlK)
    default: (.shr, .shrK)
    }
  }
}
