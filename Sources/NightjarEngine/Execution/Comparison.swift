// Equality and order. Answers of the slow paths: 0 false, 1 true, 2 look at the frames again (a
// metamethod runs, or an error was raised). SOURCE: manual §3.4.4.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Equality without metamethods.
  func rawEquals(_ x: Value, _ y: Value) -> Bool {
    if x.tag == y.tag {
      if x.tag == .float { return x.float == y.float }
      if x.bits == y.bits { return true }
      if x.tag == .string {
        if x.string.isShort || y.string.isShort { return false }
        pointee.fuel &-= Int64(Swift.min(x.string.count, y.string.count) &>> 3)
        return x.string.equalsLong(y.string)
      }
      return x.isBoolean || x.isNil
    }
    if x.isInteger && y.isFloat { return Self.equal(x.integer, y.float) }
    if x.isFloat && y.isInteger { return Self.equal(y.integer, x.float) }
    return false
  }

  private static func equal(_ integer: Int64, _ float: Double) -> Bool {
    Int64(exactly: float).map { $0 == integer } ?? false
  }

  /// Equality if no metamethod has to be asked; nil otherwise.
  func plainEquals(_ x: Value, _ y: Value) -> Bool? {
    equalityHandler(x, y) == nil ? rawEquals(x, y) : nil
  }

  /// The `__eq` metamethod that decides over two different tables or userdata.
  func equalityHandler(_ x: Value, _ y: Value) -> Value? {
    guard x.tag == y.tag, x.isTable || x.tag == .userdata, x.bits != y.bits else { return nil }
    let first = metamethod(of: x, .eq)
    let second = metamethod(of: y, .eq)
    if first == nil && second == nil { return nil }
    guard runningRules.equalityNeedsSameHandler else { return first ?? second }
    return commonHandler(first, second)
  }

  /// The handler both operands have.
  private func commonHandler(_ first: Value?, _ second: Value?) -> Value? {
    guard let first, let second, rawEquals(first, second) else { return nil }
    return first
  }

  /// The metamethod that decides over the order of two values.
  func orderHandler(_ event: Metamethod, _ x: Value, _ y: Value) -> Value? {
    let first = metamethod(of: x, event)
    guard runningRules.orderNeedsSameHandler else { return first ?? metamethod(of: y, event) }
    return typeName(x) == typeName(y) ? commonHandler(first, metamethod(of: y, event)) : nil
  }

  @inline(never) func equalSlow(_ x: Slots, _ y: Slots) -> Int {
    guard let handler = equalityHandler(x.pointee, y.pointee) else {
      return rawEquals(x.pointee, y.pointee) ? 1 : 0
    }
    _ = callMetamethod(handler, x.pointee, y.pointee)
    return 2
  }

  // MARK: Order

  /// `x < y` for numbers and strings; nil when a metamethod must decide.
  func plainLessThan(_ x: Value, _ y: Value) -> Bool? {
    if x.isNumber && y.isNumber {
      switch (x.isInteger, y.isInteger) {
      case (true, true): return x.integer < y.integer
      case (false, false): return x.float < y.float
      case (true, false): return Self.less(x.integer, y.float)
      case (false, true): return Self.less(x.float, y.integer)
      }
    }
    if x.isString && y.isString { return compare(x.string, y.string) < 0 }
    return nil
  }

  /// `x <= y` for numbers and strings; nil when a metamethod must decide.
  func plainLessEqual(_ x: Value, _ y: Value) -> Bool? {
    if x.isNumber && y.isNumber {
      switch (x.isInteger, y.isInteger) {
      case (true, true): return x.integer <= y.integer
      case (false, false): return x.float <= y.float
      case (true, false): return !y.float.isNaN && !Self.less(y.float, x.integer)
      case (false, true): return !x.float.isNaN && !Self.less(y.integer, x.float)
      }
    }
    if x.isString && y.isString { return compare(x.string, y.string) <= 0 }
    return nil
  }

  private static func less(_ integer: Int64, _ float: Double) -> Bool {
    if float.isNaN { return false }
    if float >= 0x1p63 { return true }
    if float < -0x1p63 { return false }
    // Exact: compare with the float rounded up.
    let ceiling = float.rounded(.up)
    return ceiling >= 0x1p63 ? true : integer < Int64(ceiling)
  }

  private static func less(_ float: Double, _ integer: Int64) -> Bool {
    if float.isNaN { return false }
    if float >= 0x1p63 { return false }
    if float < -0x1p63 { return true }
    return Int64(float.rounded(.down)) < integer
  }

  /// Bytewise order of two strings: negative, zero or positive.
  private func compare(_ x: StringRef, _ y: StringRef) -> Int {
    let common = Swift.min(x.count, y.count)
    let left = x.bytes
    let right = y.bytes
    var position = 0
    while position < common && left[position] == right[position] { position &+= 1 }
    pointee.fuel &-= Int64(position &>> 3)
    return position < common
      ? Int(left[position]) - Int(right[position]) : x.count - y.count
  }

  @inline(never) func lessSlow(_ x: Value, _ y: Value) -> Int {
    if let answer = plainLessThan(x, y) { return answer ? 1 : 0 }
    return order(.lt, x, y)
  }

  @inline(never) func lessEqualSlow(_ x: Value, _ y: Value) -> Int {
    if let answer = plainLessEqual(x, y) { return answer ? 1 : 0 }
    return order(.le, x, y)
  }

  private func order(_ event: Metamethod, _ x: Value, _ y: Value) -> Int {
    if let handler = orderHandler(event, x, y) {
      _ = callMetamethod(handler, x, y)
    } else if event == .le, runningRules.lessEqualFallsBack,
      let handler = orderHandler(.lt, y, x)
    {
      callNegated(handler, y, x)
    } else {
      _ = raiseOrderError(x, y)
      drive(.raise)
    }
    return 2
  }

  /// Comparison with an immediate operand when the register holds no integer.
  @inline(never) func compareImmediate(_ x: Value, _ word: Word) -> Int {
    let immediate = Value(Int64(word.signedBC))
    switch word.opcode {
    case .jumpIfLessI, .jumpIfNotLessI: return lessSlow(x, immediate)
    case .jumpIfLessEqualI, .jumpIfNotLessEqualI: return lessEqualSlow(x, immediate)
    case .jumpIfGreaterI, .jumpIfNotGreaterI: return lessSlow(immediate, x)
    default: return lessEqualSlow(immediate, x)
    }
  }
}
