// The time zone as a capability: where a machine stands is something a script may give away.

/// Local time, both ways.
package protocol LocalCalendar: AnyObject {
  /// The date and time on the wall at a moment; `nil` when its year is out of range.
  func fields(at seconds: Int64) -> CalendarFields?

  /// The moment a date and time on the wall stand for.
  ///
  /// Fields may lie outside their ranges, such as the 40th of a month; on success they are replaced
  /// by those of the result, all in range.
  ///
  /// - Returns: Seconds from the start of 1970; `nil` when the result is out of range.
  func seconds(normalizing fields: inout CalendarFields) -> Int64?
}
