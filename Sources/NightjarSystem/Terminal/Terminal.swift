// What line editing needs of a terminal: single keys in place of whole lines, and its width.

package import NightjarBase

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
    var size = winsize()
    let isKnown = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Hands keys to the program one at a time, unechoed, control-C among them.
  ///
  /// - Returns: Whether the terminal does so now.
  package func enterRawMode() -> Bool {
    if savedSettings != nil { return true }
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else { return false }
    let previous = settings
    unsafe cfmakeraw(&settings)
    // Newlines that the program writes still start a new line.
    settings.c_oflag |= tcflag_t(OPOST)
    guard unsafe tcsetattr(descriptor, TCSADRAIN, &settings) == 0 else { return false }
    savedSettings = previous
    return true
  }

  /// Goes back to the settings before raw mode.
  package func leaveRawMode() {
    guard var settings = savedSettings else { return }
    unsafe tcsetattr(descriptor, TCSADRAIN, &settings)
    savedSettings = nil
  }

  // MARK: Keys

  /// Waits for the next byte of a key.
  ///
  /// Bytes are taken one at a time, so that what is typed ahead is left to the script.
  ///
  /// - Returns: `nil` at the end of input.
  package func readByte() throws(SystemError) -> UInt8? {
    var byte: UInt8 = 0
    let result = unsafe withUnsafeMutableBytes(of: &byte) { room in
      Result { () throws(SystemError) in
        try unsafe descriptor.readBytes(into: room, Patience())
      }
    }
    return try result.get() == 0 ? nil : byte
  }

  /// Whether a byte has arrived that was not read.
  package var hasInput: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Stops the program as control-Z does, in the terminal's usual mode; returns when it goes on.
  package func suspend() {
    leaveRawMode()
    kill(0, SIGTSTP)
  }
}
