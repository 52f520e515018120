// Text to number: the spellings the reference interpreter takes and refuses, and correct rounding.

import Foundation
import NightjarBase
import Testing

@Suite struct NumeralTests {
  private func parse(_ text: String) -> Numeral? {
    Array(text.utf8).withUnsafeBufferPointer { Numeral.parse($0) }
  }

  private func parseToken(_ text: String) -> Numeral? {
    Array(text.utf8).withUnsafeBufferPointer { Numeral.parseToken($0) }
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("42", 42), ("  42\n", 42), ("\t\u{B}\u{C}\r 7 ", 7), ("+5", 5),
      ("-5", -5),
      ("000000000000000000000000012", 12), ("0x10", 16), ("0XfF", 255), ("-0x1", -1),
      ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
      ("0xffffffffffffffff", -1), ("0x7fffffffffffffff", Int64.max),
      ("0x123456789abcdef0123", 0x4567_89ab_cdef_0123), ("-0xffffffffffffffff", 1),
    ] as [(String, Int64)]
  )
  func integers(text: String, value: Int64) {
    #expect(parse(text) == .integer(value))
  }

  @Test(
    arguments: [
      ("0.0", 0), ("1.", 1), (".5", 0.5), ("5e1", 50), ("5E+01", 50), ("5e-1", 0.5),
      ("1e308", 1e308),
      ("1e309", .infinity), ("-1e309", -.infinity), ("1e-400", 0),
      ("4.9e-324", .leastNonzeroMagnitude),
      ("9223372036854775808", 9_223_372_036_854_775_808),
      ("-9223372036854775809", -9_223_372_036_854_775_808),
      ("123456789012345678901234567890", 1.2345678901234568e29),
      ("0x.8", 0.5), ("0x1p4", 16), ("0xA.8p-1", 5.25), ("0x1P+2", 4), ("0x.1", 0.0625),
      ("-0x1p-1", -0.5), ("1e99999999999999999999", .infinity), ("1e-99999999999999999999", 0),
      ("0e99999999999999999999", 0), ("3.14159", 3.14159), (" 0x0p0 ", 0), ("2e22", 2e22),
      ("0x1.fffffffffffff8p0", 2), ("0x1.fffffffffffff7ffffffffffp0", 1.9999999999999998),
    ] as [(String, Double)]
  )
  func floats(text: String, value: Double) {
    #expect(parse(text) == .float(value))
  }

  @Test(arguments: [
    "", " ", "-", "+", ".", "e1", "1e", "1e+", "0x", "0xg", "0x.", "0x.p1", "0x1p", "0x1p+", "1 2",
    "1..2", "1.2.3", "0x1.2.3", "inf", "nan", "INF", "NaN", "infinity", "-inf", "1n", "--1", "+-1",
    "- 1", "1\0", "\01", "0b1", "1_000", "1f", "0x1e+1", "１",
  ])
  func rejects(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func negativeZeroKeepsItsSign() {
    guard case .float(let value)? = parse("-0.0") else {
      Issue.record("not a float")
      return
    }
    #expect(value.sign == .minus && value == 0)
  }

  @Test func tokensHaveNoSignAndNoWhitespace() {
    #expect(parseToken("12") == .integer(12))
    #expect(parseToken("0x1p1") == .float(2))
    for text in ["-1", "+1", " 1", "1 ", ""] { #expect(parseToken(text) == nil) }
  }

  @Test func randomDoublesReadBackExactly() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(parse("\(value)") == .float(value), "\(value)")
      let digits = Int.random(in: 1...25)
      let text = String(format: "%.\(digits)e", value)
      #expect(parse(text) == .float(strtod(text, nil)), "\(text)")
    }
  }

  @Test func randomDecimalsRoundAsTheCLibraryDoes() {
    for _ in 0..<100_000 {
      let digits = (0..<Int.random(in: 1...30)).map { _ in String(Int.random(in: 0...9)) }
      var text = digits.joined()
      text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 0..<digits.count)))
      if Bool.random() { text += "e\(Int.random(in: -340...310))" }
      #expect(parse(text) == .float(strtod(text, nil)), "\(text)")
    }
  }

  @Test func longNumeralsAreRead() {
    let zeros = String(repeating: "0", count: 10_000)
    #expect(parse("0." + zeros + "1e10001") == .float(1))
    #expect(parse("1" + zeros) == .float(.infinity))
    #expect(parse("0x" + zeros + "1") == .integer(1))
  }
}
