// The Luas there are. A dialect is a property of each chunk: it is chosen when a text is compiled,
// stands in every function made from it, and chunks of different dialects run in one machine.

/// A version of Lua, or LuaJIT's mixture of two.
@frozen
package enum LuaDialect: UInt8, CaseIterable, Sendable {
  // ORDER: the numbers stand in images (Sources/NightjarBytecode/Image/ImageFormat.swift).
  case lua51 = 0
  case lua52 = 1
  case lua53 = 2
  case lua54 = 3
  case lua55 = 4
  case luajit = 5

  /// How many there are; `rawValue` is below it.
  @inlinable package static var count: Int { 6 }

  /// The dialect of a text that does not say.
  @inlinable package static var standard: LuaDialect { .lua54 }

  /// What the command line and a first-line comment call it.
  package var name: String {
    switch self {
    case .lua51: "5.1"
    case .lua52: "5.2"
    case .lua53: "5.3"
    case .lua54: "5.4"
    case .lua55: "5.5"
    case .luajit: "jit"
    }
  }

  /// The dialect of a name.
  package init?(name: some StringProtocol) {
    guard let found = LuaDialect.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The dialect that a file's first line names: `-- lua: 5.1`.
  ///
  /// A line for the system's loader (`#!…`) may stand before it.
  package init?(declaredIn source: [UInt8]) {
    var rest = source[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    if rest.first == UInt8(ascii: "#") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      rest = rest[(end + 1)...]
    }
    // What was left of such a line is its end.
    if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
    guard rest.starts(with: Array("--".utf8)) else { return nil }
    let line = rest.prefix(80).prefix { $0 != 10 && $0 != 13 }.dropFirst(2)
    let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard words.count >= 2, words[0].elementsEqual("lua:".utf8) else { return nil }
    self.init(name: String(decoding: words[1], as: UTF8.self))
  }

  /// Whether integers are numbers of their own: `rules.hasIntegers`, for places in a hurry.
  @inlinable package var hasIntegers: Bool { rawValue >= 2 && rawValue <= 4 }

  /// Whether arithmetic converts strings itself: `rules.stringArithmetic`, likewise.
  @inlinable package var convertsStrings: Bool { rawValue < 3 || rawValue == 5 }

  /// Whether "inf" and "nan" read as numbers.
  @inlinable package var namesSpecialFloats: Bool { self == .lua51 || self == .luajit }

  /// Whether numeric loops of floats step back before they begin, which rounds twice.
  @inlinable package var stepsBackBeforeLoops: Bool { self != .luajit }

  /// What differs from the other dialects.
  @inlinable package var rules: DialectRules { DialectRules.table[Int(rawValue)] }
}
