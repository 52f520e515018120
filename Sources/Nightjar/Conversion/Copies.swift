// What conversions copy out of a machine's heap. A script's table may hold one string a thousand times, or one
// table in two fields of each of a hundred: of a few bytes of the script's memory Swift would make gigabytes. So one
// conversion copies at most what the machine may hold, which its limit of memory is, and the script pays for it.

import NightjarEngine

/// The bytes that conversions have copied.
struct Copies {
  /// The most for one conversion.
  var byteCountMax = 1 << 31
  /// Those of the conversion under way, and how deep inside a value it is.
  fileprivate var byteCount = 0
  var depth = 0
  /// Those of all arguments of the host's function that was called last.
  var callByteCount = 0
}

extension Core {
  /// Notes that a conversion is about to copy so much.
  ///
  /// - Parameters:
  ///   - byteCount: What the copy takes.
  ///   - count: How many values it is.
  /// - Throws: when it would be more than the machine may hold.
  func noteCopy(_ byteCount: Int, of count: Int = 0) throws(ConversionError) {
    if copies.depth == 0 { copies.byteCount = 0 }
    copies.byteCount &+= byteCount
    let before = copies.callByteCount
    copies.callByteCount &+= byteCount
    let fuel = copies.callByteCount >> 6 &- before >> 6 &+ count &* Self.fuelPerValue
    if fuel > 0 { engine.charge(Int64(fuel)) }
    if copies.byteCount > copies.byteCountMax {
      let most = copies.byteCountMax
      throw ConversionError(expected: "at most \(most) bytes", found: "more in copies")
    }
  }

  /// About as many instructions as take the time of a conversion.
  private static var fuelPerValue: Int { 4 }

  /// Notes a copy of a value, if it is a string.
  func noteCopy(of slot: Slot) throws(ConversionError) {
    if let byteCount = engine.byteCount(ofString: slot) { try noteCopy(byteCount) }
  }
}

extension _StoredValue {
  /// Notes that the value is about to be copied, if it is a string.
  func noteCopy() throws(ConversionError) { try unsafe core.noteCopy(of: slot) }
}
