// Metamethod names and the other strings the engine needs at hand.

/// The events of manual §2.4. The first eight are cached as absent in a metatable's header.
enum Metamethod: UInt8, CaseIterable {
  case index, newindex, eq, len, call, gc, mode, close
  case add, sub, mul, div, mod, pow, idiv, unm
  case band, bor, bxor, shl, shr, bnot
  case concat, lt, le
  case tostring, name, pairs, metatable

  /// The key in a metatable.
  var key: String { "__\(self)" }
}
