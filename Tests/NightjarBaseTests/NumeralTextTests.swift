// Number to text, against a table and against the C library over random values and flags.

import Foundation
import NightjarBase
import Testing

private func text(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: FormatSpecification.byteCountMax) {
    room in
    guard let base = room.baseAddress else { return "" }
    let count = write(base)
    return String(decoding: room[..<count], as: UTF8.self)
  }
}

/// Doubles of every kind: any bits, everyday numbers, and decimal or binary fractions, among which
/// ties are frequent.
private func randomDouble() -> Double {
  switch Int.random(in: 0...5) {
  case 0: Double(bitPattern: UInt64.random(in: 0...UInt64.max))
  case 1: Double.random(in: -1000...1000)
  case 2: Double(Int.random(in: -1_000_000...1_000_000)) / 1000
  case 3: Double(Int.random(in: -1_000_000_000...1_000_000_000)) / 0x1p40
  case 4: Double(Int.random(in: -1000...1000)) / 128
  default:
    Double.random(in: -1...1) * Double(sign: .plus, exponent: .random(in: -60...60), significand: 1)
  }
}

@Suite struct NumeralTextTests {
  @Test(
    arguments: [
      (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1.5, "-1.5"), (1e14, "1e+14"), (1e15, "1e+15"),
      (99_999_999_999_999, "99999999999999.0"), (123_456_789_012_345, "1.2345678901234e+14"),
      (0.1, "0.1"), (1 / 3.0, "0.33333333333333"), (1e100, "1e+100"), (.infinity, "inf"),
      (-.infinity, "-inf"), (.nan, "nan"), (-.nan, "-nan"),
      (.leastNonzeroMagnitude, "4.9406564584125e-324"),
      (0.0001, "0.0001"), (0.00001, "1e-05"), (3.14159265358979, "3.1415926535898"),
      (99_999_999_999_999.5, "1e+14"), (0.99999999999999999, "1.0"), (0.999999999999999, "1.0"),
      (123_456.789, "123456.789"), (-1e-7, "-1e-07"), (2.5e-5, "2.5e-05"),
    ] as [(Double, String)]
  )
  func floats(value: Double, expected: String) {
    #expect(text { NumeralText.write(value, to: $0) } == expected)
  }

  @Test func randomFloatsReadAsTheCLibraryWritesThem() {
    for _ in 0..<200_000 {
      let value = randomDouble()
      guard value.isFinite else { continue }
      var expected = String(format: "%.14g", value)
      if expected.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }) { expected += ".0" }
      #expect(text { NumeralText.write(value, to: $0) } == expected)
    }
  }

  @Test func integers() {
    var values: [Int64] = [0, 1, -1, 9, 10, -10, 99, 100, .max, .min]
    var power: Int64 = 1
    for _ in 0..<18 {
      power *= 10
      values += [power - 1, power, power + 1, -power]
    }
    for _ in 0..<10_000 {
      values.append(Int64.random(in: .min ... .max) >> Int64.random(in: 0...63))
    }
    for value in values { #expect(text { NumeralText.write(value, to: $0) } == String(value)) }
  }

  @Test func randomSpecificationsWriteAsPrintfDoes() {
    for _ in 0..<200_000 {
      var flags: FormatSpecification.Flags = []
      var format = "%"
      for flag in "-+ #0".utf8 where Int.random(in: 0...3) == 0 {
        flags.insert(FormatSpecification.Flags(flag) ?? [])
        format.unicodeScalars.append(Unicode.Scalar(flag))
      }
      let width = Bool.random() ? Int.random(in: 1...99) : 0
      if width > 0 { format += "\(width)" }
      let precision = [nil, Int.random(in: 0...99), Int.random(in: 0...16)][Int.random(in: 0...2)]
      if let precision { format += ".\(precision)" }
      let letter = "diuxXoaAeEfFgG".utf8.randomElement() ?? 0x64
      let specification = FormatSpecification(
        conversion: letter,
        flags: flags,
        width: width,
        precision: precision
      )
      let character = Character(Unicode.Scalar(letter))
      if "diuxXo".contains(character) {
        let value = Int64.random(in: .min ... .max) >> Int64.random(in: 0...64)
        let expected = printed(format + "ll\(character)", value)
        #expect(text { specification.write(value, to: $0) } == expected, "\(format)\(character)")
      } else {
        let value = randomDouble()
        let expected = printed(format + "\(character)", value)
        #expect(text { specification.write(value, to: $0) } == expected, "\(format)\(character)")
      }
    }
  }

  @Test func charactersStandInTheirField() {
    let right = FormatSpecification(conversion: UInt8(ascii: "c"), width: 3)
    #expect(text { right.write(Int64(0x41), to: $0) } == "  A")
    let left = FormatSpecification(conversion: UInt8(ascii: "c"), flags: .leftAligned, width: 3)
    #expect(text { left.write(Int64(0x41), to: $0) } == "A  ")
  }

  @Test func theLongestTextFits() {
    let specification = FormatSpecification(
      conversion: UInt8(ascii: "f"),
      flags: .plusSign,
      width: 1000,
      precision: 1000
    )
    #expect(specification.width == 99 && specification.precision == 99)
    #expect(text { specification.write(Double.greatestFiniteMagnitude, to: $0) }.utf8.count == 410)
  }

  private func printed(_ format: String, _ value: any CVarArg) -> String {
    var room = [CChar](repeating: 0, count: 1024)
    let count = withVaList([value]) { vsnprintf(&room, room.count, format, $0) }
    return String(decoding: room[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
