// Arithmetic and texts of constants, as every target does them.
//
// SOURCE: Fuse reference, sections 4.2 and 5.6.

internal import NightjarFuseSyntax

/// Computes with constants.
enum ConstantFolding {
  /// The value of an operator between constants; `nil` if it is not computed here.
  static func fold(_ operation: FuseBinaryOperator, _ a: FuseConstant, _ b: FuseConstant)
    -> FuseConstant?
  {
    switch operation {
    case .and: return a == .boolean(false) ? a : b
    case .or: return a == .boolean(false) ? b : a
    case .equal: return .boolean(a == b)
    case .notEqual: return .boolean(a != b)
    default: break
    }
    switch (a, b) {
    case (.number(let x), .number(let y)): return fold(operation, x, y)
    case (.string(let x), .string(let y)):
      switch operation {
      case .add: return .string(x + y)
      case .less: return .boolean(x.lexicographicallyPrecedes(y))
      case .greater: return .boolean(y.lexicographicallyPrecedes(x))
      case .lessEqual: return .boolean(!y.lexicographicallyPrecedes(x))
      case .greaterEqual: return .boolean(!x.lexicographicallyPrecedes(y))
      default: return nil
      }
    case (.string(let x), .number): return operation == .add ? .string(x + text(b)) : nil
    case (.number, .string(let y)): return operation == .add ? .string(text(a) + y) : nil
    default: return nil
    }
  }

  private static func fold(_ operation: FuseBinaryOperator, _ x: Double, _ y: Double)
    -> FuseConstant?
  {
    switch operation {
    case .add: return .number(x + y)
    case .subtract: return .number(x - y)
    case .multiply: return .number(x * y)
    case .divide: return .number(x / y)
    case .floorDivide: return .number((x / y).rounded(.down))
    case .modulo:
      if y == 0 || !x.isFinite || !y.isFinite { return nil }
      return .number(x - (x / y).rounded(.down) * y)
    case .power: return power(x, y)
    case .less: return .boolean(x < y)
    case .lessEqual: return .boolean(x <= y)
    case .greater: return .boolean(x > y)
    case .greaterEqual: return .boolean(x >= y)
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: return bitwise(operation, x, y)
    default: return nil
    }
  }

  /// Whole powers that are exact; others are left to the target.
  private static func power(_ x: Double, _ y: Double) -> FuseConstant? {
    guard y == y.rounded(), y >= 0, y <= 64 else { return nil }
    var result = 1.0
    for _ in 0..<Int(y) { result *= x }
    return abs(result) <= 9_007_199_254_740_992 ? .number(result) : nil
  }

  /// A number as 32 bits; `nil` if it is infinite or not a number.
  static func bits(_ value: Double) -> UInt32? {
    guard value.isFinite else { return nil }
    let floor = value.rounded(.down)
    let rest = floor - (floor / 4_294_967_296).rounded(.down) * 4_294_967_296
    return rest >= 0 && rest < 4_294_967_296 ? UInt32(rest) : nil
  }

  private static func bitwise(_ operation: FuseBinaryOperator, _ x: Double, _ y: Double)
    -> FuseConstant?
  {
    guard let a = bits(x) else { return nil }
    switch operation {
    case .bitAnd: return bits(y).map { .number(Double(a & $0)) }
    case .bitOr: return bits(y).map { .number(Double(a | $0)) }
    case .bitXor: return bits(y).map { .number(Double(a ^ $0)) }
    case .shiftLeft, .shiftRight:
      guard y.isFinite else { return nil }
      let count = max(-40, min(40, y.rounded(.down))) * (operation == .shiftLeft ? 1 : -1)
      return .number(Double(count >= 0 ? a << UInt32(count) : a >> UInt32(-count)))
    default: return nil
    }
  }

  /// The display text of a constant.
  static func text(_ constant: FuseConstant) -> [UInt8] {
    switch constant {
    case .boolean(let value): return Array((value ? "true" : "false").utf8)
    case .string(let bytes): return bytes
    case .number(let value): return Array(NumberText.text(value).utf8)
    }
  }
}
