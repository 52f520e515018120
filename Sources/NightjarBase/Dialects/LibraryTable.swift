// Which functions and fields of the standard libraries each dialect has. Names that stand in no
// list are everybody's. The libraries are opened by this table, and the pages in
// docs/compatibility are checked against it.

/// A set of dialects.
package struct DialectSet: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  static let lua51 = DialectSet(.lua51)
  static let lua52 = DialectSet(.lua52)
  static let lua53 = DialectSet(.lua53)
  static let lua54 = DialectSet(.lua54)
  static let lua55 = DialectSet(.lua55)
  static let luajit = DialectSet(.luajit)

  static let until51: DialectSet = [.lua51, .luajit]
  static let until52: DialectSet = [.lua51, .luajit, .lua52]
  static let until53: DialectSet = [.lua51, .luajit, .lua52, .lua53]
  static let since52: DialectSet = [.lua52, .lua53, .lua54, .lua55]
  static let since53: DialectSet = [.lua53, .lua54, .lua55]
  static let since54: DialectSet = [.lua54, .lua55]

  /// The set of one.
  package init(_ dialect: LuaDialect) { self.init(rawValue: 1 << dialect.rawValue) }

  package func contains(_ dialect: LuaDialect) -> Bool { contains(DialectSet(dialect)) }
}

/// The functions and fields that not every dialect has.
package enum LibraryTable {
  /// Whether a dialect has a function, named `library.function`; basic ones are in `_G`.
  package static func offers(_ name: String, in dialect: LuaDialect) -> Bool {
    entries[name]?.contains(dialect) ?? true
  }

  /// Every entry, by name.
  package static let entries: [String: DialectSet] = {
    var all: [String: DialectSet] = [:]
    for (dialects, names) in lists {
      for name in names.split(separator: " ") { all[String(name)] = dialects }
    }
    return all
  }()

  private static let lists: [(DialectSet, String)] = [
    (.until51, "_G.getfenv _G.setfenv _G.newproxy _G.gcinfo debug.getfenv debug.setfenv"),
    (.until51, "table.getn table.foreach table.foreachi package.loaders"),
    (.lua51, "table.setn string.gfind math.mod"),
    (.until52, "_G.loadstring _G.module _G.unpack table.maxn package.loaders package.seeall"),
    (.until53, "math.atan2 math.cosh math.sinh math.tanh math.pow math.log10"),
    ([.until53, .lua55], "math.ldexp math.frexp"),
    (.lua55, "table.create"),
    (.since52, "_G.rawlen table.pack table.unpack package.searchers"),
    (.since52, "debug.getuservalue debug.setuservalue"),
    ([.since52, .luajit], "package.searchpath debug.upvalueid debug.upvaluejoin"),
    ([.lua52, .lua53], "bit32"),
    (.since53, "string.pack string.packsize string.unpack"),
    ([.since53, .luajit], "table.move coroutine.isyieldable"),
    (.since53, "math.tointeger math.type math.ult math.maxinteger math.mininteger"),
    (.since53, "utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset"),
    (.since54, "_G.warn coroutine.close"),
    (.lua54, "debug.setcstacklimit"),
    (.luajit, "bit jit table.new table.clear"),
  ]
}
