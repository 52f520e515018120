// Which functions and fields of the standard libraries each dialect has. Names that stand in no
// list are everybody's. The libraries are opened by this table, and the pages in
// docs/compatibility are checked against it.

/// A set of dialects.
///
/// What natives ask on their way folds to one test of a bit, so everything here can be inlined.
@frozen
package struct DialectSet: OptionSet, Sendable {
  package let rawValue: UInt8
  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable static var lua51: DialectSet { DialectSet(.lua51) }
  @inlinable static var lua52: DialectSet { DialectSet(.lua52) }
  @inlinable static var lua53: DialectSet { DialectSet(.lua53) }
  @inlinable static var lua54: DialectSet { DialectSet(.lua54) }
  @inlinable static var lua55: DialectSet { DialectSet(.lua55) }
  @inlinable static var luajit: DialectSet { DialectSet(.luajit) }

  @inlinable static var until51: DialectSet { [.lua51, .luajit] }
  @inlinable static var until52: DialectSet { [.lua51, .luajit, .lua52] }
  @inlinable static var until53: DialectSet { [.lua51, .luajit, .lua52, .lua53] }
  @inlinable static var since52: DialectSet { [.lua52, .lua53, .lua54, .lua55] }
  @inlinable static var since53: DialectSet { [.lua53, .lua54, .lua55] }
  @inlinable static var since54: DialectSet { [.lua54, .lua55] }

  /// The set of one.
  @inlinable
  package init(_ dialect: LuaDialect) { self.init(rawValue: 1 &<< dialect.rawValue) }

  @inlinable
  package func contains(_ dialect: LuaDialect) -> Bool {
    rawValue & (1 &<< dialect.rawValue) != 0
  }
}

/// The functions and fields that not every dialect has.
package enum LibraryTable {
  /// Whether a dialect has a function of a library; basic ones are in `_G`.
  package static func offers(
    _ name: StaticString,
    of library: String,
    in dialect: LuaDialect
  ) -> Bool {
    var isListed = false
    // Each function of a machine that is made is asked for, and nearly all names differ from all entries.
    var index = starts[place(of: name)]
    while index >= 0 {
      let entry = entries[Int(index)]
      if isEqual(entry.name, name) && entry.library == library {
        if entry.dialects.contains(dialect) { return true }
        isListed = true
      }
      index = links[Int(index)]
    }
    return !isListed
  }

  /// The same for a name that is made as the program runs.
  package static func offers(
    _ name: String,
    of library: String,
    in dialect: LuaDialect
  ) -> Bool {
    var isListed = false
    let byteCount = name.utf8.count
    // Texts made of all names would be half of what it takes to make a machine.
    for entry in entries where entry.name.utf8CodeUnitCount == byteCount {
      guard entry.name.withUTF8Buffer({ $0.elementsEqual(name.utf8) }), entry.library == library
      else { continue }
      if entry.dialects.contains(dialect) { return true }
      isListed = true
    }
    return !isListed
  }

  /// A number that names seldom share: of the length of a name and its first and last bytes.
  private static func place(of name: StaticString) -> Int {
    name.withUTF8Buffer { bytes in
      let bits = UInt32(bytes.count) << 16 | UInt32(bytes.first ?? 0) << 8 | UInt32(bytes.last ?? 0)
      return Int((bits &* 0x9E37_79B1) >> 22)
    }
  }

  /// The first entry of a name's place, or -1, and the next of each entry's place.
  private static let (starts, links) = {
    var starts = [Int16](repeating: -1, count: 1024)
    var links: [Int16] = []
    for (index, entry) in entries.enumerated() {
      let place = place(of: entry.name)
      links.append(starts[place])
      starts[place] = Int16(index)
    }
    return (starts, links)
  }()

  /// Whether two names are the same.
  package static func isEqual(_ left: StaticString, _ right: StaticString) -> Bool {
    guard left.utf8CodeUnitCount == right.utf8CodeUnitCount else { return false }
    return left.withUTF8Buffer { left in
      right.withUTF8Buffer { right in
        for index in left.indices where left[index] != right[index] { return false }
        return true
      }
    }
  }

  /// Every entry.
  ///
  /// Neither a dictionary nor texts that are put together: each start of a machine would make and hash
  /// them, and the runtime look through all conformances of the program for that of the keys.
  package static let entries: [(dialects: DialectSet, library: String, name: StaticString)] = [
    (.until51, "_G", "getfenv"),
    (.until51, "_G", "setfenv"),
    (.until51, "_G", "newproxy"),
    (.until51, "_G", "gcinfo"),
    (.until51, "debug", "getfenv"),
    (.until51, "debug", "setfenv"),
    (.until51, "table", "getn"),
    (.until51, "table", "foreach"),
    (.until51, "table", "foreachi"),
    (.until51, "package", "loaders"),
    (.lua51, "table", "setn"),
    (.lua51, "string", "gfind"),
    (.lua51, "math", "mod"),
    (.until52, "_G", "loadstring"),
    (.until52, "_G", "module"),
    (.until52, "_G", "unpack"),
    (.until52, "table", "maxn"),
    (.until52, "package", "loaders"),
    (.until52, "package", "seeall"),
    (.until53, "math", "atan2"),
    (.until53, "math", "cosh"),
    (.until53, "math", "sinh"),
    (.until53, "math", "tanh"),
    (.until53, "math", "pow"),
    (.until53, "math", "log10"),
    ([.until53, .lua55], "math", "ldexp"),
    ([.until53, .lua55], "math", "frexp"),
    (.lua55, "table", "create"),
    (.since52, "_G", "rawlen"),
    (.since52, "table", "pack"),
    (.since52, "table", "unpack"),
    (.since52, "package", "searchers"),
    (.since52, "debug", "getuservalue"),
    (.since52, "debug", "setuservalue"),
    ([.since52, .luajit], "package", "searchpath"),
    ([.since52, .luajit], "debug", "upvalueid"),
    ([.since52, .luajit], "debug", "upvaluejoin"),
    ([.lua52, .lua53], "_G", "bit32"),
    (.since53, "string", "pack"),
    (.since53, "string", "packsize"),
    (.since53, "string", "unpack"),
    ([.since53, .luajit], "table", "move"),
    ([.since53, .luajit], "coroutine", "isyieldable"),
    (.since53, "math", "tointeger"),
    (.since53, "math", "type"),
    (.since53, "math", "ult"),
    (.since53, "math", "maxinteger"),
    (.since53, "math", "mininteger"),
    (.since53, "utf8", "char"),
    (.since53, "utf8", "charpattern"),
    (.since53, "utf8", "codepoint"),
    (.since53, "utf8", "codes"),
    (.since53, "utf8", "len"),
    (.since53, "utf8", "offset"),
    (.since54, "_G", "warn"),
    (.since54, "coroutine", "close"),
    (.lua54, "debug", "setcstacklimit"),
    (.luajit, "_G", "bit"),
    (.luajit, "_G", "jit"),
    (.luajit, "table", "new"),
    (.luajit, "table", "clear"),
  ]
}
