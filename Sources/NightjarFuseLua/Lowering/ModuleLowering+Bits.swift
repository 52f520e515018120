// Bit operations. Numbers are taken modulo 2^32; Lua 5.3 and 5.4 have operators for their integers,
// which need only what is not known to be a small integer brought into that form.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension IntegerForm {
  /// Whole numbers of 32 bits.
  static let word = IntegerForm(low: 0, high: 0xFFFF_FFFF)

  /// Whether all such numbers are whole numbers of 32 bits.
  var isWord: Bool { low >= 0 && high <= 0xFFFF_FFFF }

  /// That of `a & b`.
  static func masked(_ left: IntegerForm?, _ right: IntegerForm?) -> IntegerForm {
    var high = word.high
    for form in [left, right] {
      if let form, form.isWord { high = min(high, form.high) }
    }
    return IntegerForm(low: 0, high: high)
  }
}

extension ModuleLowering {
  /// A bit operation.
  mutating func bitOperation(
    _ op: FuseBinaryOperator,
    _ first: LuaRef,
    _ second: LuaRef
  ) -> LuaRef {
    switch op {
    case .bitAnd:
      guard hasIntegers else { return word("band", first, second) }
      // One small number cuts off what the other has too much.
      if isWord(first) { return lua.binary(.bitAnd, spelled(first), whole(second)) }
      if isWord(second) { return lua.binary(.bitAnd, whole(first), spelled(second)) }
      return lua.binary(.bitAnd, asWord(first), whole(second))
    case .bitOr: return native(.bitOr, "bor", first, second)
    case .bitXor: return native(.bitXor, "bxor", first, second)
    case .shiftLeft:
      guard hasIntegers, let count = shiftCount(second) else {
        return runtimeCall("shl", [floated(first), floated(second)])
      }
      let moved = lua.binary(.shiftLeft, whole(first), count)
      return lua.binary(.bitAnd, moved, lua.number(0xFFFF_FFFF, isInteger: true))
    default:
      guard hasIntegers, let count = shiftCount(second) else {
        return runtimeCall("shr", [floated(first), floated(second)])
      }
      return lua.binary(.shiftRight, asWord(first), count)
    }
  }

  /// `!x`.
  mutating func complement(_ value: LuaRef) -> LuaRef {
    guard hasIntegers, integerForm(value) != nil else {
      return runtimeCall("bnot", [floated(value)])
    }
    let turned = lua.unary(.bitNot, whole(value))
    return lua.binary(.bitAnd, turned, lua.number(0xFFFF_FFFF, isInteger: true))
  }

  private mutating func native(
    _ op: LuaOperator,
    _ name: String,
    _ first: LuaRef,
    _ second: LuaRef
  ) -> LuaRef {
    guard hasIntegers else { return word(name, first, second) }
    return lua.binary(op, asWord(first), asWord(second))
  }

  private mutating func word(_ name: String, _ first: LuaRef, _ second: LuaRef) -> LuaRef {
    let made = quiet(runtimeCall(name, [first, second]))
    words.insert(made)
    return made
  }

  private func isWord(_ value: LuaRef) -> Bool { integerForm(value)?.isWord ?? false }

  private mutating func spelled(_ value: LuaRef) -> LuaRef {
    integerized(value)
    return value
  }

  /// A value as an integer of Lua whose last 32 bits are right.
  private mutating func whole(_ value: LuaRef) -> LuaRef {
    integerized(value) ? value : quiet(runtimeCall("word", [value]))
  }

  /// A value as a whole number of 32 bits.
  private mutating func asWord(_ value: LuaRef) -> LuaRef {
    if isWord(value) { return spelled(value) }
    guard integerized(value) else { return quiet(runtimeCall("word", [value])) }
    return lua.binary(.bitAnd, value, lua.number(0xFFFF_FFFF, isInteger: true))
  }

  /// How far is shifted, if it is written there.
  private mutating func shiftCount(_ value: LuaRef) -> LuaRef? {
    guard lua[value].kind == .number, let form = integerForm(value), form.low >= 0, form.low < 32
    else { return nil }
    return spelled(value)
  }

  /// What is known of a bit operation of Lua.
  func bitForm(_ op: LuaOperator, _ left: LuaRef, _ right: LuaRef) -> IntegerForm? {
    switch op {
    case .bitAnd: return .masked(integerForm(left), integerForm(right))
    case .bitOr, .bitXor: return .word
    case .shiftRight: return .word
    default: return nil
    }
  }

  /// Whether a bit operation of Fuse is one of Lua, so that its result is known.
  func isNativeBits(_ op: FuseBinaryOperator, _ right: NodeID) -> Bool {
    switch op {
    case .bitAnd, .bitOr, .bitXor: return true
    case .shiftLeft, .shiftRight:
      guard hasIntegers, tree[right].kind == .number else { return false }
      let count = tree.number(tree[right].mainToken)
      return count >= 0 && count < 32 && count == count.rounded()
    default: return false
    }
  }
}
