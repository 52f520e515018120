// A date and time as people write them, and universal time both ways by arithmetic alone, so that
// it is the same everywhere.
//
// SOURCE: ISO C §7.27.1 (struct tm) for the fields; for the arithmetic on days, years that begin in
// March: the leap day is then the last of its year and months follow a 5-month pattern of 153 days.

/// A date and time broken into fields, in some time zone.
package struct CalendarFields: Equatable, Sendable {
  /// The year, as 1999.
  package var year: Int
  /// The month from 1.
  package var month: Int
  /// The day of the month from 1.
  package var day: Int
  package var hour: Int
  package var minute: Int
  /// The second, 60 in a leap second.
  package var second: Int
  /// The day of the week from Sunday, 0.
  package var weekday: Int
  /// The day of the year from 0.
  package var yearDay: Int
  /// Whether daylight saving time is in force; `nil` when that is to be found out.
  package var isDaylightSaving: Bool?
  /// How far the zone is ahead of universal time.
  package var zoneOffsetSeconds: Int
  /// The zone's short name, such as "GMT".
  package var zoneName: String

  package init(
    year: Int,
    month: Int,
    day: Int,
    hour: Int = 12,
    minute: Int = 0,
    second: Int = 0,
    weekday: Int = 0,
    yearDay: Int = 0,
    isDaylightSaving: Bool? = nil,
    zoneOffsetSeconds: Int = 0,
    zoneName: String = "GMT"
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.weekday = weekday
    self.yearDay = yearDay
    self.isDaylightSaving = isDaylightSaving
    self.zoneOffsetSeconds = zoneOffsetSeconds
    self.zoneName = zoneName
  }

  /// Years that may be shown: those that count from 1900 in 32 bits.
  package static let yearRange = Int(Int32.min) + 1900...Int(Int32.max) + 1900

  // MARK: Universal time

  /// The date and time of a moment in universal time; `nil` when its year is out of range.
  package init?(universalSeconds seconds: Int64) {
    let dayLength = 86_400
    let (dayCount, secondOfDay) = Self.floorDivide(Int(seconds), dayLength)
    // Beyond this the sums below could overflow; the years are far out of range anyway.
    guard dayCount.magnitude < 1 << 42 else { return nil }
    // Days since the first of March of the year 0; 400 years are 146,097 days.
    let (era, dayOfEra) = Self.floorDivide(dayCount + 719_468, 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    guard Self.yearRange.contains(year) else { return nil }
    self.init(
      year: year,
      month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1,
      hour: secondOfDay / 3600,
      minute: secondOfDay / 60 % 60,
      second: secondOfDay % 60,
      weekday: Self.floorDivide(dayCount + 4, 7).remainder,
      yearDay: dayCount - Self.dayCount(year: year, month: 1, day: 1),
      isDaylightSaving: false
    )
  }

  /// The moment the fields stand for in universal time; `nil` when it is out of range.
  ///
  /// Fields may lie outside their ranges; the sum of all counts. Those that say what follows from
  /// others, and the zone, are not looked at.
  package var universalSeconds: Int64? {
    let (extraYears, monthFromZero) = Self.floorDivide(month &- 1, 12)
    let (actualYear, yearOverflows) = year.addingReportingOverflow(extraYears)
    guard !yearOverflows, actualYear.magnitude < 1 << 40 else { return nil }
    let firstOfMonth = Self.dayCount(year: actualYear, month: monthFromZero + 1, day: 1)
    var total = firstOfMonth
    for (field, unit) in [(day &- 1, 24), (hour, 60), (minute, 60), (second, 1)] {
      let (sum, sumOverflows) = total.addingReportingOverflow(field)
      let (product, productOverflows) = sum.multipliedReportingOverflow(by: unit)
      if sumOverflows || productOverflows { return nil }
      total = product
    }
    return Int64(total)
  }

  /// Days from the first of 1970 to a date whose month is in range.
  private static func dayCount(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = floorDivide(marchYear, 400)
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func floorDivide(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// Local time of a machine whose host tells it no time zone: universal time.
package final class UniversalCalendar: LocalCalendar {
  package init() {}

  package func fields(at seconds: Int64) -> CalendarFields? {
    CalendarFields(universalSeconds: seconds)
  }

  package func seconds(normalizing fields: inout CalendarFields) -> Int64? {
    guard let seconds = fields.universalSeconds,
      let normalized = CalendarFields(universalSeconds: seconds)
    else { return nil }
    fields = normalized
    return seconds
  }
}
