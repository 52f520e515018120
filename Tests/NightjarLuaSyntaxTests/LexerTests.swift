// Tokens and the values of literals.

import NightjarBase
internal import NightjarDiagnostics
import NightjarLuaSyntax
import Testing

@Suite struct LexerTests {
  private func check(_ text: String, _ expected: [TokenKind]) {
    let tree = parse(text)
    #expect(tree.tokens.map(\.kind) == expected + [.endOfFile], "\(text)")
  }

  @Test func readsEverySpelling() {
    for kind in TokenKind.allCases {
      guard let spelling = kind.spelling else { continue }
      check(spelling, [kind])
      check("a \(spelling)\n\(spelling) a", [.name, kind, kind, .name])
    }
  }

  @Test func takesTheLongestToken() {
    check("a//b", [.name, .doubleSlash, .name])
    check(">>=", [.shiftRight, .equal])
    check("....", [.ellipsis, .dot])
    check("a..b", [.name, .dotDot, .name])
    check("~==", [.notEqual, .equal])
    check(":::", [.doubleColon, .colon])
    check("andy end_ _end", [.name, .name, .name])
    check("3..2", [.numeral])
    check("a.b-- c\n--[[ d\n]]e--[==[ ]] ]==]f", [.name, .dot, .name, .name, .name])
  }

  @Test func equalNamesHaveEqualSymbols() {
    let tree = parse("return a, abcdefgh, abcdefghi, abcdefghj, abcdefghi, a, self, _ENV")
    let symbols = tree.tokens.filter { $0.kind == .name }.map(\.payload)
    #expect(symbols == [2, 3, 4, 5, 4, 2, SyntaxTree.selfSymbol, SyntaxTree.environmentSymbol])
    #expect(String(decoding: tree.name(ofSymbol: 5), as: UTF8.self) == "abcdefghj")
    #expect(String(decoding: tree.name(ofSymbol: 1), as: UTF8.self) == "self")
    #expect(tree.symbolCount == 6)
  }

  @Test func manyNamesStayApart() {
    let names = (0..<20_000).map { "name\($0)" + String(repeating: "x", count: $0 % 9) }
    let tree = parse("return " + (names + names).joined(separator: ","))
    let symbols = tree.tokens.filter { $0.kind == .name }.map(\.payload)
    #expect(symbols == Array(2..<20_002) + Array(2..<20_002))
  }

  @Test(arguments: [
    (#""abc""#, "abc"), (#"'a"b'"#, "a\"b"),
    (#""\a\b\f\n\r\t\v\\\"\'""#, "\u{7}\u{8}\u{c}\n\r\t\u{b}\\\"'"),
    (#""\65\066\x43\u{44}""#, "ABCD"), (#""\z   x""#, "x"), ("\"a\\z \n\t\r\n b\"", "ab"),
    ("\"a\\\nb\"", "a\nb"), ("\"a\\\r\nb\\\n\rc\"", "a\nb\nc"),
    (#""\u{20AC}\u{10FFFF}""#, "€\u{10FFFF}"),
    ("[[abc]]", "abc"), ("[[\nabc\n]]", "abc\n"), ("[[\r\n\r\na\rb\n\rc]]", "\na\nb\nc"),
    ("[==[a]]b]=]c]==]", "a]]b]=]c"), ("[[]]", ""), ("[=[]]=]", "]"), (#"[[\n]]"#, "\\n"),
    (#""""#, ""), ("'é'", "é"), (#""\0651""#, "A1"),
  ])
  func decodesStrings(_ literal: String, _ expected: String) {
    let tree = parse("return " + literal)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.stringValue(TokenID(1)) == Array(expected.utf8), "\(literal)")
  }

  @Test func encodesCodePointsBeyondUnicode() {
    let tree = parse(#"return "\u{7FFFFFFF}\u{200000}\u{0}\u{D800}""#)
    #expect(
      tree.stringValue(TokenID(1)) == [
        0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF, 0xF8, 0x88, 0x80, 0x80, 0x80, 0, 0xED, 0xA0, 0x80,
      ]
    )
  }

  @Test(arguments: [
    ("0", Numeral.integer(0)), ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .float(9_223_372_036_854_775_808)), ("0x10", .integer(16)),
    ("0xffffffffffffffff", .integer(-1)), ("0x1ffffffffffffffff", .integer(-1)),
    ("0XA.8p1", .float(21)), ("0x.1", .float(0.0625)), ("3.", .float(3)), (".5", .float(0.5)),
    ("1e2", .float(100)), ("5E-1", .float(0.5)), ("0x1p-4", .float(0.0625)),
    ("123456789012345678", .integer(123_456_789_012_345_678)), ("007", .integer(7)),
    ("1e400", .float(.infinity)),
  ])
  func readsNumerals(_ literal: String, _ expected: Numeral) {
    let tree = parse("return " + literal)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.numeral(TokenID(1)) == expected, "\(literal)")
  }

  @Test func countsLinesAsTheReferenceDoes() {
    let tree = parse("a\nb\r\nc\n\rd\re\n\nf = [[\n\n]]\ng = 'x\\\ny'")
    #expect(tree.tokens.map(\.line) == [1, 2, 3, 4, 5, 7, 7, 9, 10, 10, 11, 11])
  }

  @Test func skipsTheFirstLineOfFilesOnly() {
    for prefix in ["#!/usr/bin/lua\n", "\u{FEFF}", "\u{FEFF}# x\n", "#"] {
      let bytes = Array((prefix + (prefix == "#" ? "" : "return 1")).utf8)
      #expect(LuaSyntax.parse(bytes, .init(isFile: true)).diagnostics.isEmpty)
      #expect(!LuaSyntax.parse(bytes).diagnostics.isEmpty)
    }
    let tree = LuaSyntax.parse(Array("# x\nreturn 1".utf8), .init(isFile: true))
    #expect(tree.tokens[0].line == 2)
  }
}
