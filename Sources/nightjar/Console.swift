// The command's own output, apart from that of the programs it runs.

import NightjarBase
import NightjarSystem

/// Standard output and error.
enum Console {
  /// Ends waits of a program that has a time limit.
  // The command is one thread.
  @safe nonisolated(unsafe) static let patience = Patience()
  @safe nonisolated(unsafe) static let capabilities = Capabilities.wholeSystem(patience: patience)

  /// Writes a line to standard output.
  ///
  /// - Returns: whether it could be written; if not, that has been reported.
  @discardableResult static func print(_ text: String) -> Bool {
    try? capabilities.streams?.output.write(Array("\(text)\n".utf8))
    return flush()
  }

  static func error(_ text: String) { error(Array(text.utf8)) }

  static func error(_ text: [UInt8]) {
    try? capabilities.streams?.output.flush()
    try? capabilities.streams?.error.write(text + [UInt8(ascii: "\n")])
    try? capabilities.streams?.error.flush()
  }

  /// Writes out what standard output still holds.
  ///
  /// - Returns: whether everything since the start could be written; if not, that has been reported.
  static func flush() -> Bool {
    try? capabilities.streams?.output.flush()
    guard let error = capabilities.streams?.output.writeError else { return true }
    let text = "nightjar: cannot write to standard output: \(error.message)\n"
    try? capabilities.streams?.error.write(Array(text.utf8))
    try? capabilities.streams?.error.flush()
    return false
  }

  /// A word of the command line fit for a message: without control characters.
  static func shown(_ word: [UInt8]) -> String {
    String(
      String(decoding: word, as: UTF8.self).map { character in
        character.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
          ? "\u{FFFD}" : character
      }
    )
  }
}
