// Paths of the system as text: joined, cut and compared, without asking the system.

/// Works on paths with `/` between their parts.
package enum FolderPath {
  /// The path of something in a folder.
  package static func join(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty || folder == "." { return normal(name) }
    return normal(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)")
  }

  /// The folder of a path: `/` for what lies there, `.` for a mere name.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// A path without `.` and, where that is possible, `..`.
  package static func normal(_ path: String) -> String {
    if isNormal(path) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }

  /// Whether every part of a path is a name that begins with no dot; most are.
  private static func isNormal(_ path: String) -> Bool {
    var isStart = true
    var isFirst = true
    for byte in path.utf8 {
      let isSlash = byte == UInt8(ascii: "/")
      if isStart, isSlash && !isFirst || byte == UInt8(ascii: ".") { return false }
      isStart = isSlash
      isFirst = false
    }
    return !isStart
  }

  /// A path as seen from a folder; `nil` if it does not lie below it.
  package static func path(_ path: String, below folder: String) -> String? {
    if path == folder { return "" }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }
}
