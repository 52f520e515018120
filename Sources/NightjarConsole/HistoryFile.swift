// Where the lines of earlier sessions are kept: one to a line of a file, the newest last. A line is
// added when it is entered, so that two sessions at once lose nothing of one another.
//
// SOURCE: XDG Base Directory Specification 0.8, "$XDG_STATE_HOME" (history belongs there).

package import NightjarBase
package import NightjarSystem

/// The file of the history.
package struct HistoryFile {
  private let files: SystemFiles
  /// Its path.
  package let path: [UInt8]

  package init(_ files: SystemFiles, path: [UInt8]) {
    self.files = files
    self.path = path
  }

  /// The path that the environment asks for: `NIGHTJAR_HISTORY`, else `nightjar/history` in the
  /// user's directory for state.
  ///
  /// - Returns: `nil` when no history is to be kept: the variable is empty, or there is no home.
  package static func path(_ environment: any EnvironmentAccess) -> [UInt8]? {
    func value(_ name: String) -> [UInt8]? { environment.value(of: Array(name.utf8)) }
    if let named = value("NIGHTJAR_HISTORY") { return named.isEmpty ? nil : named }
    let tail = Array("/nightjar/history".utf8)
    // The specification asks to ignore paths that are not absolute.
    if let state = value("XDG_STATE_HOME"), state.first == UInt8(ascii: "/") { return state + tail }
    guard let home = value("HOME"), !home.isEmpty else { return nil }
    return home + Array("/.local/state".utf8) + tail
  }

  /// The lines of earlier sessions; a file that has grown to twice what is kept is cut.
  package func load(lineCountMax: Int = 1000) -> History {
    guard let stream = try? files.open(path, mode: .read),
      let bytes = try? unsafe BufferedFile(stream).readAll(byteCountMax: 64 << 20)
    else { return History(lineCountMax: lineCountMax) }
    let lines = unsafe bytes.split(separator: UInt8(ascii: "\n")).map {
      unsafe String(decoding: $0, as: UTF8.self)
    }
    let history = History(lines, lineCountMax: lineCountMax)
    if lines.count > 2 * lineCountMax { try? replace(with: history.lines) }
    return history
  }

  /// Adds a line.
  package func append(_ line: String) throws(SystemError) {
    try files.makeDirectories(for: path)
    try write(Array("\(line)\n".utf8), to: path, truncates: false)
  }

  private func replace(with lines: [String]) throws(SystemError) {
    let new = path + Array(".new".utf8)
    try write(Array(lines.map { $0 + "\n" }.joined().utf8), to: new, truncates: true)
    try files.rename(new, to: path)
  }

  private func write(_ bytes: [UInt8], to path: [UInt8], truncates: Bool) throws(SystemError) {
    let file = BufferedFile(try files.openPrivate(path, truncates: truncates))
    try file.write(bytes)
    _ = try file.close()
  }
}
