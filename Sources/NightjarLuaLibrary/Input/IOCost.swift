// What calls to the world cost beyond the bytes they move, in instructions: a system call, or a walk through
// a file system in memory, takes about as long.

import NightjarEngine

/// Fuel of input and output.
enum IOCost {
  /// Looking up a name: opening, removing, renaming.
  static let opening = 200
  /// Moving to another place of a file: what was read ahead is read again.
  static let seeking = 400
  /// Reading a numeral, which has at most two hundred bytes.
  static let numeral = 40
}
