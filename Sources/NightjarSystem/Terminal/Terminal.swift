// What line editing needs of a terminal: single keys in place of whole lines, and its width.

internal import CNightjar

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The terminal that the program was started in.
package final class Terminal {
  private let descriptor: Int32
  /// The settings to go back to; `nil` while they are in force.
  private var savedSettings: termios?

  /// The terminal at standard input; `nil` when there is none.
  package init?() {
    guard Self.isInteractive(STDIN_FILENO) else { return nil }
    descriptor = STDIN_FILENO
  }

  deinit { leaveRawMode() }

  /// Whether a descriptor is a terminal.
  package static func isInteractive(_ descriptor: Int32) -> Bool { isatty(descriptor) != 0 }

  /// Characters in a line; 80 when the terminal does not say.
  package var width: Int {
    let columns = Int(nightjar_terminal_width(descriptor))
    return columns > 0 ? columns : 80
  }

  /// Hands keys to the program one at a time, unechoed, control-C among them.
  ///
  /// - Returns: Whether the terminal does so now.
  package func enterRawMode() -> Bool {
    if savedSettings != nil { return true }
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return false }
    let previous = settings
    cfmakeraw(&settings)
    // Newlines that the program writes still start a new line.
    settings.c_oflag |= tcflag_t(OPOST)
    guard tcsetattr(descriptor, TCSADRAIN, &settings) == 0 else { return false }
    savedSettings = previous
    return true
  }

  /// Goes back to the settings before raw mode.
  package func leaveRawMode() {
    guard var settings = savedSettings else { return }
    tcsetattr(descriptor, TCSADRAIN, &settings)
    savedSettings = nil
  }
}
