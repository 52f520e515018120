// What the conversions of `os.date` show, in the language's only locale: English names, years and
// centuries of as many digits as they have. The modifiers E and O change nothing there.
//
// SOURCE: ISO C §7.27.3.5 (strftime), "C" locale.

extension CalendarFields {
  private static let weekdayNames = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// Appends what one conversion letter shows.
  ///
  /// - Returns: Whether the letter is a conversion; nothing is appended otherwise.
  /// - Precondition: The fields are in range, as conversions from seconds leave them.
  package func append(conversion: UInt8, to text: inout [UInt8]) -> Bool {
    if let parts = compound(conversion) {
      for byte in parts.utf8 {
        // Punctuation stands for itself; letters are conversions again.
        if !append(conversion: byte, to: &text) { text.append(byte) }
      }
      return true
    }
    if let name = name(conversion) {
      text += Array(name.utf8)
      return true
    }
    guard let number = number(conversion) else { return false }
    text += Array(padded(number.value, to: number.width, with: number.padding).utf8)
    return true
  }

  /// Conversions that stand for several others.
  private func compound(_ conversion: UInt8) -> String? {
    switch conversion {
    case UInt8(ascii: "c"): "a b e H:M:S Y"
    case UInt8(ascii: "D"), UInt8(ascii: "x"): "m/d/y"
    case UInt8(ascii: "F"): "Y-m-d"
    case UInt8(ascii: "r"): "I:M:S p"
    case UInt8(ascii: "R"): "H:M"
    case UInt8(ascii: "T"), UInt8(ascii: "X"): "H:M:S"
    default: nil
    }
  }

  private func name(_ conversion: UInt8) -> String? {
    switch conversion {
    case UInt8(ascii: "a"): String(Self.weekdayNames[weekday].prefix(3))
    case UInt8(ascii: "A"): Self.weekdayNames[weekday]
    case UInt8(ascii: "b"), UInt8(ascii: "h"): String(Self.monthNames[month - 1].prefix(3))
    case UInt8(ascii: "B"): Self.monthNames[month - 1]
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "p"): hour < 12 ? "AM" : "PM"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "z"): zoneText
    case UInt8(ascii: "Z"): zoneName
    case UInt8(ascii: "%"): "%"
    default: nil
    }
  }

  private func number(_ conversion: UInt8) -> (value: Int, width: Int, padding: Character)? {
    switch conversion {
    case UInt8(ascii: "C"): (Self.floorDivide(year, 100).quotient, 1, "0")
    case UInt8(ascii: "d"): (day, 2, "0")
    case UInt8(ascii: "e"): (day, 2, " ")
    case UInt8(ascii: "g"): (Self.floorDivide(weekOfISOYear.year, 100).remainder, 2, "0")
    case UInt8(ascii: "G"): (weekOfISOYear.year, 1, "0")
    case UInt8(ascii: "H"): (hour, 2, "0")
    case UInt8(ascii: "I"): ((hour + 11) % 12 + 1, 2, "0")
    case UInt8(ascii: "j"): (yearDay + 1, 3, "0")
    case UInt8(ascii: "m"): (month, 2, "0")
    case UInt8(ascii: "M"): (minute, 2, "0")
    case UInt8(ascii: "S"): (second, 2, "0")
    case UInt8(ascii: "u"): ((weekday + 6) % 7 + 1, 1, "0")
    case UInt8(ascii: "U"): ((yearDay - weekday + 7) / 7, 2, "0")
    case UInt8(ascii: "V"): (weekOfISOYear.week, 2, "0")
    case UInt8(ascii: "w"): (weekday, 1, "0")
    case UInt8(ascii: "W"): ((yearDay - (weekday + 6) % 7 + 7) / 7, 2, "0")
    case UInt8(ascii: "y"): (Self.floorDivide(year, 100).remainder, 2, "0")
    case UInt8(ascii: "Y"): (year, 1, "0")
    default: nil
    }
  }

  private func padded(_ value: Int, to width: Int, with padding: Character) -> String {
    let digits = String(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let gap = max(0, width - digits.utf8.count - sign.utf8.count)
    return sign + String(repeating: padding, count: gap) + digits
  }

  private var zoneText: String {
    let minutes = zoneOffsetSeconds.magnitude / 60
    let clock = Int(minutes / 60 * 100 + minutes % 60)
    return (zoneOffsetSeconds < 0 ? "-" : "+") + padded(clock, to: 4, with: "0")
  }

  /// The week of ISO 8601: weeks begin on Monday, and a week belongs to the year that has most of
  /// its days, which is where its Thursday lies.
  private var weekOfISOYear: (year: Int, week: Int) {
    let thursday = yearDay - (weekday + 6) % 7 + 3
    if thursday < 0 {
      return (year - 1, (thursday + Self.dayCount(ofYear: year - 1)) / 7 + 1)
    }
    if thursday >= Self.dayCount(ofYear: year) { return (year + 1, 1) }
    return (year, thursday / 7 + 1)
  }

  private static func dayCount(ofYear year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
  }
}
