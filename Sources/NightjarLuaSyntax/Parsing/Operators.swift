// Precedences. SOURCE: Lua 5.4 manual, section 3.4.8; `..` and `^` bind to the right.

/// What the operators are and how strongly they bind.
enum Operators {
  /// A binary operator: its strength to either side and its node.
  struct Binary {
    var left: UInt8
    var right: UInt8
    var node: NodeKind
  }

  /// The strength of all unary operators.
  static let unaryPower: UInt8 = 12

  @inline(__always)
  static func unary(_ kind: TokenKind) -> NodeKind? {
    switch kind {
    case .notKeyword: .not
    case .minus: .negate
    case .tilde: .bitNot
    case .hash: .length
    default: nil
    }
  }

  /// The binary operator of a token; one of strength 0 if it is none.
  static func binary(_ kind: TokenKind) -> Binary {
    switch kind {
    case .orKeyword: Binary(left: 1, right: 1, node: .or)
    case .andKeyword: Binary(left: 2, right: 2, node: .and)
    case .less: Binary(left: 3, right: 3, node: .less)
    case .greater: Binary(left: 3, right: 3, node: .greater)
    case .lessEqual: Binary(left: 3, right: 3, node: .lessEqual)
    case .greaterEqual: Binary(left: 3, right: 3, node: .greaterEqual)
    case .notEqual: Binary(left: 3, right: 3, node: .notEqual)
    case .equalEqual: Binary(left: 3, right: 3, node: .equal)
    case .pipe: Binary(left: 4, right: 4, node: .bitOr)
    case .tilde: Binary(left: 5, right: 5, node: .bitXor)
    case .ampersand: Binary(left: 6, right: 6, node: .bitAnd)
    case .shiftLeft: Binary(left: 7, right: 7, node: .shiftLeft)
    case .shiftRight: Binary(left: 7, right: 7, node: .shiftRight)
    case .dotDot: Binary(left: 9, right: 8, node: .concatenate)
    case .plus: Binary(left: 10, right: 10, node: .add)
    case .minus: Binary(left: 10, right: 10, node: .subtract)
    case .star: Binary(left: 11, right: 11, node: .multiply)
    case .slash: Binary(left: 11, right: 11, node: .divide)
    case .doubleSlash: Binary(left: 11, right: 11, node: .floorDivide)
    case .percent: Binary(left: 11, right: 11, node: .modulo)
    case .caret: Binary(left: 14, right: 13, node: .power)
    default: Binary(left: 0, right: 0, node: .missing)
    }
  }
}
