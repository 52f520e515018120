// Which files handle memory by hand, and how much. The list beside this file is kept in review: a
// file that is not on it, or that uses more than it says, fails. NIGHTJAR_BLESS=1 rewrites it.

import Foundation
import Testing

@Suite struct UnsafeMemoryTests {
  private static let listPath = "Tests/TidyTests/unsafe-files.txt"

  /// How many words of the code name an unsafe type or operation, by file.
  private func counts() -> [String: Int] {
    var counts: [String: Int] = [:]
    for path in Repository.swiftSources {
      let code = SwiftText(Repository.text(path) ?? "").code
      let count = code.map { $0.matches(of: /\w*[Uu]nsafe\w*/).count }.reduce(0, +)
      if count > 0 { counts[path] = count }
    }
    return counts
  }

  private func listed() -> [String: Int] {
    var listed: [String: Int] = [:]
    for line in (Repository.text(Self.listPath) ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let count = Int(words[0]) else { continue }
      listed[String(words[1])] = count
    }
    return listed
  }

  private func render(_ counts: [String: Int]) -> String {
    let lines = counts.sorted { $0.key < $1.key }.map { path, count in
      String(repeating: " ", count: max(0, 4 - "\(count)".count)) + "\(count) \(path)"
    }
    let head = "# Uses of unsafe memory by file; see UnsafeMemoryTests.swift.\n"
    return head + lines.joined(separator: "\n") + "\n"
  }

  @Test func noFileUsesMoreThanTheListSays() throws {
    let counts = counts()
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
      let url = Repository.root.appending(path: Self.listPath)
      try render(counts).write(to: url, atomically: true, encoding: .utf8)
    }
    let listed = listed()
    for (path, count) in counts.sorted(by: { $0.key < $1.key }) {
      let allowed = listed[path] ?? 0
      #expect(
        count <= allowed,
        "\(path) has \(count) unsafe uses, \(allowed) were reviewed; see \(Self.listPath)"
      )
    }
    for path in listed.keys.sorted() {
      #expect(counts[path] != nil, "\(path) uses nothing unsafe any more: take it off the list")
    }
  }
}
