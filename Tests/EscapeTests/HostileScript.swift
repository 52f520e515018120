// A hostile script as its header describes it:
//
//   -- What it tries.
//   -- limits: NAME=N …        what its machine may use (Tests/EscapeHost/Script.swift)
//   -- grants: NAME …          what its machine is given
//   -- expect: OUTCOME | …     what the host observes: `finished RESULTS`, `error PART OF THE MESSAGE`,
//                              `outOfFuel` or `deadline`
//   -- after: CONDITION        what holds in the machine afterwards, beside its libraries being whole
//   -- output: N               how many bytes of output reached the host
//   -- spent: REASON           why the machine has no memory left for a look at it afterwards

import Foundation

/// A script of Tests/Escape.
struct HostileScript: CustomStringConvertible, Sendable {
  /// Its path below Tests/Escape.
  let path: String
  let fields: [String: String]
  let purpose: String?

  var description: String { path }

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Escape")

  static let all: [HostileScript] = {
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".lua") }.sorted()
      .map { HostileScript(path: $0) }
  }()

  init(path: String) {
    self.path = path
    let text = try? String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
    let header = (text ?? "").split(separator: "\n").prefix { $0.hasPrefix("-- ") }
    purpose = header.first.map { String($0.dropFirst(3)) }
    var fields: [String: String] = [:]
    for line in header.dropFirst() {
      let parts = line.dropFirst(3).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    self.fields = fields
  }

  /// A limit of its machine; the host's default when the header names none.
  func limit(_ name: String, default other: Int) -> Int {
    for word in (fields["limits"] ?? "").split(separator: " ") {
      let parts = word.split(separator: "=")
      if parts.count == 2, parts[0] == name { return Int(parts[1]) ?? other }
    }
    return other
  }

  /// Bytes the machine and the files it keeps in memory may use.
  ///
  /// A file in memory is an array that grows by doubling.
  var byteCountMax: Int {
    let grants = (fields["grants"] ?? "").split(separator: " ")
    let files = grants.contains("files") || grants.contains("overlay")
    return limit("memory", default: 16 << 20) + (files ? 2 * limit("bytes", default: 100_000) : 0)
  }

  /// Whether an outcome is one of those expected.
  func expects(_ outcome: String, _ text: String) -> Bool {
    (fields["expect"] ?? "").components(separatedBy: " | ").contains { alternative in
      let words = alternative.split(separator: " ", maxSplits: 1).map { String($0) }
      guard words.first == outcome else { return false }
      switch outcome {
      case "finished": return (words.count > 1 ? words[1] : "") == text
      case "error": return words.count == 1 || text.contains(words[1])
      default: return true
      }
    }
  }
}
