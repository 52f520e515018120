// Universal time and its text against the C library's.

import Foundation
import NightjarBase
import Testing

@Suite struct CalendarTests {
  private static let conversions = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%"

  @Test func randomMomentsAgreeWithTheCLibrary() throws {
    setlocale(LC_ALL, "C")
    for round in 0..<20_000 {
      // A third each: this century, a few millennia either way, the whole range.
      let range: ClosedRange<Int64> =
        switch round % 3 {
        case 0: 0...4_000_000_000
        case 1: -200_000_000_000...200_000_000_000
        default: -67_768_040_609_740_800...67_768_036_191_676_799
        }
      let seconds = Int64.random(in: range)
      var time = time_t(seconds)
      var system = tm()
      gmtime_r(&time, &system)
      let fields = try #require(CalendarFields(universalSeconds: seconds))
      #expect(fields.year == Int(system.tm_year) + 1900)
      #expect(fields.month == Int(system.tm_mon) + 1)
      #expect(fields.day == Int(system.tm_mday))
      #expect(fields.hour == Int(system.tm_hour))
      #expect(fields.minute == Int(system.tm_min))
      #expect(fields.second == Int(system.tm_sec))
      #expect(fields.weekday == Int(system.tm_wday))
      #expect(fields.yearDay == Int(system.tm_yday))
      #expect(fields.universalSeconds == seconds)
      for conversion in Self.conversions.utf8 {
        var text: [UInt8] = []
        #expect(fields.append(conversion: conversion, to: &text))
        var room = [CChar](repeating: 0, count: 100)
        let format = [CChar(0x25), CChar(bitPattern: conversion), 0]
        let count = strftime(&room, room.count, format, &system)
        let expected = room[..<count].map { UInt8(bitPattern: $0) }
        #expect(text == expected, "%\(Unicode.Scalar(conversion)) at \(seconds)")
      }
    }
  }

  @Test func theRangeEndsWhereYearsDo() {
    #expect(CalendarFields(universalSeconds: 67_768_036_191_676_799)?.year == 2_147_485_547)
    #expect(CalendarFields(universalSeconds: 67_768_036_191_676_800) == nil)
    #expect(CalendarFields(universalSeconds: -67_768_040_609_740_800)?.year == -2_147_481_748)
    #expect(CalendarFields(universalSeconds: -67_768_040_609_740_801) == nil)
    #expect(CalendarFields(universalSeconds: .max) == nil)
    #expect(CalendarFields(universalSeconds: .min) == nil)
  }

  @Test func fieldsOutOfRangeAreBroughtIn() {
    var fields = CalendarFields(year: 2000, month: 14, day: -3, hour: 25, minute: -61, second: 3601)
    #expect(UniversalCalendar().seconds(normalizing: &fields) == 980_729_941)
    #expect(fields.year == 2001 && fields.month == 1 && fields.day == 29)
    #expect(fields.hour == 0 && fields.minute == 59 && fields.second == 1)
    for extreme in [Int.min, .max] {
      for keyPath: WritableKeyPath<CalendarFields, Int> in [
        \.year, \.month, \.day, \.hour, \.minute, \.second,
      ] {
        var fields = CalendarFields(year: 2000, month: 1, day: 1)
        fields[keyPath: keyPath] = extreme
        #expect(UniversalCalendar().seconds(normalizing: &fields) == nil)
      }
    }
  }

  @Test func otherLettersAreNoConversions() {
    let fields = CalendarFields(year: 2000, month: 1, day: 1)
    var text: [UInt8] = []
    for byte in UInt8.min...UInt8.max where !Self.conversions.utf8.contains(byte) {
      #expect(!fields.append(conversion: byte, to: &text))
    }
    #expect(text == [])
  }

  @Test func zonesBehindUniversalTimeShowAMinus() {
    let fields = CalendarFields(
      year: 2000,
      month: 1,
      day: 1,
      zoneOffsetSeconds: -12_600,
      zoneName: "NST"
    )
    var text: [UInt8] = []
    _ = fields.append(conversion: UInt8(ascii: "z"), to: &text)
    _ = fields.append(conversion: UInt8(ascii: "Z"), to: &text)
    #expect(text == Array("-0330NST".utf8))
  }
}
