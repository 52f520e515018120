// Metamethod names and the other strings the engine needs at hand.

/// The events of manual §2.4.
///
/// The first eight are cached as absent in a metatable's header.
enum Metamethod: UInt8, CaseIterable {
  case index, newindex, eq, len, call, gc, mode, close
  case add, sub, mul, div, mod, pow, idiv, unm
  case band, bor, bxor, shl, shr, bnot
  case concat, lt, le
  case tostring, name, pairs, ipairs, metatable

  /// The key in a metatable.
  ///
  /// Written out, because the name of a case costs every start of a machine a look through the
  /// runtime's type descriptions.
  var key: StaticString {
    switch self {
    case .index: "__index"
    case .newindex: "__newindex"
    case .eq: "__eq"
    case .len: "__len"
    case .call: "__call"
    case .gc: "__gc"
    case .mode: "__mode"
    case .close: "__close"
    case .add: "__add"
    case .sub: "__sub"
    case .mul: "__mul"
    case .div: "__div"
    case .mod: "__mod"
    case .pow: "__pow"
    case .idiv: "__idiv"
    case .unm: "__unm"
    case .band: "__band"
    case .bor: "__bor"
    case .bxor: "__bxor"
    case .shl: "__shl"
    case .shr: "__shr"
    case .bnot: "__bnot"
    case .concat: "__concat"
    case .lt: "__lt"
    case .le: "__le"
    case .tostring: "__tostring"
    case .name: "__name"
    case .pairs: "__pairs"
    case .ipairs: "__ipairs"
    case .metatable: "__metatable"
    }
  }
}
