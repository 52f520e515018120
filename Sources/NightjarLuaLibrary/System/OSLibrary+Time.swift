// `os.time` and `os.date` (manual §6.9).

internal import NightjarBase
internal import NightjarEngine

extension OSLibrary {
  private static func calendar(_ call: NativeCall) -> any LocalCalendar {
    call.capabilities.calendar ?? UniversalCalendar()
  }

  static func time(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.argument(1).isNil {
      guard let source = call.capabilities.time, source.tellsTimeOfDay else {
        throw call.raise(call.capabilities.refusal(.timeOfDay).message)
      }
      return call.returns(Value(source.now().seconds))
    }
    guard call[1].isTable else { throw call.typeError(1, expected: "table") }
    let table = call[1]
    var date = (year: 0, month: 0, day: 0)
    if !call.follows(.timeReadsDayFirst) { date = try readDate(call, table, dayFirst: false) }
    let hour = try field(call, table, "hour", 12, bias: 0)
    let minute = try field(call, table, "min", 0, bias: 0)
    let second = try field(call, table, "sec", 0, bias: 0)
    if call.follows(.timeReadsDayFirst) { date = try readDate(call, table, dayFirst: true) }
    let daylight = call.field(table, "isdst")
    var fields = CalendarFields(
      year: date.year,
      month: date.month,
      day: date.day,
      hour: hour,
      minute: minute,
      second: second,
      isDaylightSaving: daylight.isNil ? nil : !daylight.isFalsy
    )
    guard let seconds = calendar(call).seconds(normalizing: &fields) else {
      throw call.raise(
        "time result cannot be represented in this installation"
      )
    }
    if !call.follows(.timeKeepsTable) { try setFields(call, table, fields) }
    return call.returns(Value(seconds))
  }

  /// The fields a date table must have, in the order in which a dialect misses them.
  private static func readDate(
    _ call: NativeCall,
    _ table: Value,
    dayFirst: Bool
  ) throws(ScriptError) -> (year: Int, month: Int, day: Int) {
    var day = dayFirst ? try field(call, table, "day", nil, bias: 0) : 0
    let early = dayFirst ? try field(call, table, "month", nil, bias: 1) : 0
    let year = try field(call, table, "year", nil, bias: 1900)
    let month = dayFirst ? early : try field(call, table, "month", nil, bias: 1)
    if !dayFirst { day = try field(call, table, "day", nil, bias: 0) }
    return (year, month, day)
  }

  /// An integer field of a date table within what a C int can hold.
  private static func field(
    _ call: NativeCall,
    _ table: Value,
    _ name: String,
    _ other: Int?,
    bias: Int64
  ) throws(ScriptError) -> Int {
    let value = call.field(table, name)
    if !call.rules.hasIntegers {
      // Any number will do, and what is none is as good as absent.
      if let number = call.number(reading: value) {
        return Int(Int32(clamping: Int64(clamping: number)))
      }
      guard let other else { throw call.raise("field '\(name)' missing in date table") }
      return other
    }
    guard let integer = call.integer(value) else {
      if !value.isNil { throw call.raise("field '\(name)' is not an integer") }
      guard let other else { throw call.raise("field '\(name)' missing in date table") }
      return other
    }
    let (biased, overflow) = integer.subtractingReportingOverflow(bias)
    guard !overflow, Int64(Int32.min)...Int64(Int32.max) ~= biased else {
      throw call.raise("field '\(name)' is out-of-bound")
    }
    return Int(integer)
  }

  private static func setFields(
    _ call: NativeCall,
    _ table: Value,
    _ fields: CalendarFields
  ) throws(ScriptError) {
    let values: [(String, Int)] = [
      ("year", fields.year), ("month", fields.month), ("day", fields.day), ("hour", fields.hour),
      ("min", fields.minute), ("sec", fields.second), ("yday", fields.yearDay + 1),
      ("wday", fields.weekday + 1),
    ]
    for (name, value) in values { try call.setField(table, name, call.number(value)) }
    if let daylight = fields.isDaylightSaving {
      try call.setField(table, "isdst", Value(daylight))
    }
  }

  static func date(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var format = try call.optionalBytes(1) ?? Array("%c".utf8)
    call.charge(format.count)
    let seconds: Int64
    if call.argument(2).isNil {
      guard let source = call.capabilities.time, source.tellsTimeOfDay else {
        throw call.raise(call.capabilities.refusal(.timeOfDay).message)
      }
      seconds = source.now().seconds
    } else {
      seconds = try call.checkInteger(2)
    }
    let isUniversal = format.first == UInt8(ascii: "!")
    if isUniversal { format.removeFirst() }
    let found =
      isUniversal
      ? CalendarFields(universalSeconds: seconds) : calendar(call).fields(at: seconds)
    guard let fields = found else {
      throw call.raise("date result cannot be represented in this installation")
    }
    if format.starts(with: Array("*t".utf8)) {
      let table = call.newTable()
      call[3] = table
      try setFields(call, table, fields)
      return call.returns(table)
    }
    return call.returns(try call.string(try text(call, fields, format)))
  }

  private static func text(
    _ call: NativeCall,
    _ fields: CalendarFields,
    _ format: [UInt8]
  ) throws(ScriptError) -> [UInt8] {
    var text: [UInt8] = []
    var position = 0
    while position < format.count {
      let byte = format[position]
      position += 1
      guard byte == UInt8(ascii: "%") else {
        text.append(byte)
        continue
      }
      var conversion = position < format.count ? format[position] : 0
      var shown = [UInt8(ascii: "%")] + (position < format.count ? [conversion] : [])
      position += 1
      // The modifiers of POSIX change nothing in the C locale.
      let allowed =
        switch conversion {
        case UInt8(ascii: "E"): "cCxXyY"
        case UInt8(ascii: "O"): "deHImMSuUVwWy"
        default: ""
        }
      if !allowed.isEmpty, !call.follows(.dateReadsLetters) {
        let next = position < format.count ? format[position] : 0
        if position < format.count { shown.append(next) }
        position += 1
        conversion = allowed.utf8.contains(next) ? next : 0
      }
      if text.count > call.byteRoom { throw call.raiseMemory() }
      if conversion != 0, fields.append(conversion: conversion, to: &text) { continue }
      guard !call.follows(.datePassesUnknown) else {
        text += shown
        continue
      }
      do {
        throw call.argumentError(
          1,
          "invalid conversion specifier '\(String(decoding: shown, as: UTF8.self))'"
        )
      }
    }
    return text
  }
}

extension Int64 {
  /// A float without its fraction, clamped; not-a-numbers are the least.
  fileprivate init(clamping number: Double) {
    self = Int64(exactly: number.rounded(.towardZero)) ?? (number > 0 ? .max : .min)
  }
}
