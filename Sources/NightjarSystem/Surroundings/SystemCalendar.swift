// Local time as the machine's time zone files have it.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The time zone of the user, from `TZ` or the system's settings.
package final class SystemCalendar: LocalCalendar {
  /// The C library's time zone, read when somebody asks for local time.
  private static let zone: Void = tzset()

  package init() {}

  package func fields(at seconds: Int64) -> CalendarFields? {
    _ = Self.zone
    var moment = time_t(seconds)
    var local = unsafe tm()
    return unsafe localtime_r(&moment, &local) == nil ? nil : CalendarFields(local)
  }

  package func seconds(normalizing fields: inout CalendarFields) -> Int64? {
    _ = Self.zone
    guard var local = unsafe tm(fields) else { return nil }
    let seconds = unsafe mktime(&local)
    // The moment one second before 1970 looks like a failure; the reference refuses it too.
    if seconds == -1 { return nil }
    fields = unsafe CalendarFields(local)
    return Int64(seconds)
  }
}

extension CalendarFields {
  fileprivate init(_ local: tm) {
    unsafe self.init(
      year: Int(local.tm_year) + 1900,
      month: Int(local.tm_mon) + 1,
      day: Int(local.tm_mday),
      hour: Int(local.tm_hour),
      minute: Int(local.tm_min),
      second: Int(local.tm_sec),
      weekday: Int(local.tm_wday),
      yearDay: Int(local.tm_yday),
      isDaylightSaving: local.tm_isdst < 0 ? nil : local.tm_isdst > 0,
      zoneOffsetSeconds: Int(local.tm_gmtoff),
      zoneName: local.tm_zone.map { unsafe String(cString: $0) } ?? ""
    )
  }
}

extension tm {
  /// The fields as the C library takes them; `nil` when one does not fit.
  fileprivate init?(_ fields: CalendarFields) {
    let (yearFrom1900, yearOverflows) = fields.year.subtractingReportingOverflow(1900)
    let (monthFrom0, monthOverflows) = fields.month.subtractingReportingOverflow(1)
    guard !yearOverflows, !monthOverflows, let year = Int32(exactly: yearFrom1900),
      let month = Int32(exactly: monthFrom0), let day = Int32(exactly: fields.day),
      let hour = Int32(exactly: fields.hour), let minute = Int32(exactly: fields.minute),
      let second = Int32(exactly: fields.second)
    else { return nil }
    unsafe self.init()
    unsafe tm_year = year
    unsafe tm_mon = month
    unsafe tm_mday = day
    unsafe tm_hour = hour
    unsafe tm_min = minute
    unsafe tm_sec = second
    unsafe tm_isdst = fields.isDaylightSaving.map { $0 ? 1 : 0 } ?? -1
  }
}
