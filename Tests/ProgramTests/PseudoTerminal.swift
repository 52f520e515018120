// A terminal without a screen: the command believes that a person sits there, and the test types and
// reads what would be shown.

import Foundation

/// A process whose standard streams are a terminal of its own.
final class PseudoTerminal {
  /// What can go wrong; `shown` is what had been written by then.
  enum Failure: Error {
    case noTerminal
    case notShown(String, shown: String)
    case goesOn
  }

  private let process = Process()
  private let leader: Int32
  private let limit: DispatchWorkItem
  /// What was shown after the text that was waited for last, without what moves the cursor.
  private var unseen: [UInt8] = []
  /// The begin of a control sequence that has not arrived as a whole.
  private var sequence: [UInt8] = []

  /// Starts the command with words after its name, variables set beside the usual ones and a screen of
  /// so many columns.
  init(_ arguments: [String], environment: [String: String], columns: UInt16 = 80) throws {
    var ends: (leader: Int32, follower: Int32) = (-1, -1)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.leader, &ends.follower, nil, nil, &size) == 0 else {
      throw Failure.noTerminal
    }
    leader = ends.leader
    // Nobody else is to hold the ends open.
    _ = fcntl(ends.leader, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.follower, F_SETFD, FD_CLOEXEC)
    // `setsid -c` makes the terminal the one whose control-C is the process's.
    let terminal = FileHandle(fileDescriptor: ends.follower, closeOnDealloc: true)
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    process.arguments = ["-c", "-w", Command.executable.path] + arguments
    process.environment = Command.plainEnvironment.merging(environment) { $1 }
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    limit = try Command.start(process)
  }

  deinit {
    limit.cancel()
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    close(leader)
  }

  /// Presses keys.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(leader, bytes, bytes.count)
  }

  /// Waits until a text is shown, and returns what was shown before it.
  @discardableResult
  func wait(for text: String, seconds: Double = 20) throws -> String {
    let wanted = Array(text.utf8)
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      if let range = Self.range(of: wanted, in: unseen) {
        let before = String(decoding: unseen[..<range.lowerBound], as: UTF8.self)
        unseen.removeFirst(range.upperBound)
        return before
      }
      guard Date() < deadline, readMore() else {
        throw Failure.notShown(text, shown: String(decoding: unseen, as: UTF8.self))
      }
    }
  }

  /// Waits for the end of the process.
  ///
  /// - Returns: Its status, and what was shown until then.
  func end(seconds: Double = 20) throws -> (status: Int32, shown: String) {
    let deadline = Date().addingTimeInterval(seconds)
    while process.isRunning {
      guard Date() < deadline else { throw Failure.goesOn }
      _ = readMore()
    }
    while readMore(milliseconds: 0) {}
    return (process.terminationStatus, String(decoding: unseen, as: UTF8.self))
  }

  /// - Returns: Whether there may be more to come.
  private func readMore(milliseconds: Int32 = 50) -> Bool {
    var request = pollfd(fd: leader, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return milliseconds > 0 }
    var room = [UInt8](repeating: 0, count: 4096)
    let count = read(leader, &room, room.count)
    guard count > 0 else { return false }
    for byte in room[..<count] { show(byte) }
    return true
  }

  /// Keeps a byte unless it belongs to a control sequence or only goes to the row's start.
  private func show(_ byte: UInt8) {
    if byte == 0x1B || !sequence.isEmpty {
      sequence.append(byte)
      if sequence.count > 2, (0x40...0x7E).contains(byte) { sequence = [] }
    } else if byte != UInt8(ascii: "\r") {
      unseen.append(byte)
    }
  }

  private static func range(of wanted: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard !wanted.isEmpty, wanted.count <= bytes.count else { return nil }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return nil
  }
}
