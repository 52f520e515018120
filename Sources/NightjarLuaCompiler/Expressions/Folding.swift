// Arithmetic on literals at compile time, as far as the reference does it: nothing that would raise
// an error, and no float result that is a zero or not a number.

internal import NightjarLuaSyntax

/// Computes with literals.
enum Folding {
  /// The result of a binary operator on two numerals; `nil` if it is left to run time.
  static func binary(
    _ kind: NodeKind,
    _ a: Operand,
    _ b: Operand,
    foldsModulo: Bool
  ) -> Operand? {
    guard a.isNumeral, b.isNumeral else { return nil }
    if kind == .modulo, !foldsModulo { return nil }
    switch kind {
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      guard let x = integer(a), let y = integer(b) else { return nil }
      return .integer(bitwise(kind, x, y))
    case .divide, .power: return float(kind, number(a), number(b))
    default:
      if a.kind == .integer, b.kind == .integer { return integer(kind, a.bits, b.bits) }
      return float(kind, number(a), number(b))
    }
  }

  /// The result of `-` or `~` on a numeral.
  static func unary(_ kind: NodeKind, _ a: Operand) -> Operand? {
    switch kind {
    case .negate:
      if a.kind == .integer { return .integer(0 &- a.bits) }
      return a.kind == .float ? checked(-a.double) : nil
    case .bitNot: return a.isNumeral ? integer(a).map { .integer(~$0) } : nil
    default: return nil
    }
  }

  private static func integer(_ kind: NodeKind, _ x: Int64, _ y: Int64) -> Operand? {
    switch kind {
    case .add: return .integer(x &+ y)
    case .subtract: return .integer(x &- y)
    case .multiply: return .integer(x &* y)
    case .modulo, .floorDivide:
      if y == 0 { return nil }
      if y == -1 { return .integer(kind == .modulo ? 0 : 0 &- x) }
      let quotient = x / y
      let remainder = x % y
      let isOff = remainder != 0 && (remainder ^ y) < 0
      if kind == .modulo { return .integer(isOff ? remainder + y : remainder) }
      return .integer(isOff ? quotient - 1 : quotient)
    default: return nil
    }
  }

  private static func float(_ kind: NodeKind, _ x: Double, _ y: Double) -> Operand? {
    switch kind {
    case .add: return checked(x + y)
    case .subtract: return checked(x - y)
    case .multiply: return checked(x * y)
    case .divide: return y == 0 ? nil : checked(x / y)
    case .floorDivide: return y == 0 ? nil : checked((x / y).rounded(.down))
    case .modulo:
      if y == 0 { return nil }
      let remainder = x.truncatingRemainder(dividingBy: y)
      return checked(remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder)
    case .power: return exactPower(x, y).flatMap(checked)
    default: return nil
    }
  }

  /// `x` to the power `y` where that is exact, so that it cannot differ from what run time computes.
  private static func exactPower(_ x: Double, _ y: Double) -> Double? {
    guard let count = Int(exactly: y), count >= 0, count <= 1100 else { return nil }
    var result = 1.0
    for _ in 0..<count {
      let product = result * x
      if abs(product) > 9_007_199_254_740_992, x != 2 { return nil }
      if !product.isFinite { return nil }
      result = product
    }
    return x.rounded() == x ? result : nil
  }

  private static func bitwise(_ kind: NodeKind, _ x: Int64, _ y: Int64) -> Int64 {
    switch kind {
    case .bitAnd: x & y
    case .bitOr: x | y
    case .bitXor: x ^ y
    case .shiftLeft: shifted(x, left: y)
    default: shifted(x, left: 0 &- y)
    }
  }

  /// Logical shift; a negative count shifts right.
  private static func shifted(_ x: Int64, left count: Int64) -> Int64 {
    if count <= -64 || count >= 64 { return 0 }
    let bits = UInt64(bitPattern: x)
    return Int64(bitPattern: count >= 0 ? bits << UInt64(count) : bits >> UInt64(-count))
  }

  private static func number(_ a: Operand) -> Double {
    a.kind == .integer ? Double(a.bits) : a.double
  }

  private static func integer(_ a: Operand) -> Int64? {
    a.kind == .integer ? a.bits : Int64(exactly: a.double)
  }

  private static func checked(_ value: Double) -> Operand? {
    value.isNaN || value == 0 ? nil : .float(value)
  }
}
