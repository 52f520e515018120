// The words after a subcommand that has options of its own: options first or last, `--` before names
// that begin with a dash.

import NightjarFuseSyntax

/// Reads the words after a subcommand.
struct WordReader {
  private let words: [[UInt8]]
  private let command: String
  private var position = 0
  /// What stands after the `=` of the option read last.
  private var attached: String?
  /// The words that are no options.
  private(set) var operands: [[UInt8]] = []

  init(_ words: [[UInt8]], of command: String) {
    self.words = words
    self.command = command
  }

  /// The next option, without its value; words before it are operands.
  mutating func nextOption() -> String? {
    attached = nil
    while position < words.count {
      let word = words[position]
      position += 1
      if word == Array("--".utf8) {
        operands += words[position...]
        position = words.count
      } else if word.count > 1, word.first == UInt8(ascii: "-") {
        let text = Console.shown(word)
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count > 1, text.hasPrefix("--") { attached = String(parts[1]) }
        return text.hasPrefix("--") ? String(parts[0]) : text
      } else {
        operands.append(word)
      }
    }
    return nil
  }

  /// The value of an option, after `=` or as the next word; nil if there is none, which has been
  /// reported.
  mutating func value(of option: String) -> String? {
    if let attached { return attached }
    guard position < words.count else {
      _ = refuse("'\(option)' needs a value")
      return nil
    }
    position += 1
    return Console.shown(words[position - 1])
  }

  /// Reports a problem.
  ///
  /// - Returns: the exit status.
  func refuse(_ problem: String) -> Int32 {
    Console.error("nightjar: \(problem); see 'nightjar \(command) --help'")
    return Command.misuse
  }

  /// Reports an option that the command does not have.
  func refuseOption(_ option: String) -> Int32 {
    refuse("'\(option)' is no option of '\(command)'")
  }

  /// Reports a target that does not exist.
  func refuseTarget(_ name: String) -> Int32 {
    let names = FuseTarget.allCases.map(\.rawValue).joined(separator: ", ")
    return refuse("'\(name)' is no target; there are \(names)")
  }
}
