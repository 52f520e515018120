// Every row of the bad-case matrix and every requirement of the design that is met here has a test by its number:
// `b13…` for row B13, `r5…` for requirement R5. This test fails when one has none.

import Foundation
import Testing

@Suite struct RowTests {
  /// Rows that wait for another part, and which.
  private static let later = [
    "b26": "durable tasks: a fiber that lies on disk",
    "b31": "Python",
  ]

  /// Rows whose tests have names of another kind, as they are about more than one of them.
  private static let elsewhere = [
    "r10": ["reachTheSystemThroughProtocols"],
    "r11": ["onAThread", "live"],
    "r12": ["inAGame", "reachTheSystemThroughProtocols"],
  ]

  private static let requirements = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 20, 21, 22]

  /// The names of all functions of tests.
  private static func names() throws -> [String] {
    let root = repository.appending(path: "Tests")
    let all = FileManager.default.enumerator(atPath: root.path)
    let files = all?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix("Tests.swift") }.flatMap { file in
      let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
      return text.matches(of: /func ([A-Za-z0-9]+)\(/).map { String($0.1) }
    }
  }

  @Test func everyRowHasATest() throws {
    let names = try Self.names()
    let rows = (1...32).map { "b\($0)" } + Self.requirements.map { "r\($0)" }
    for row in rows {
      let tests = names.filter { name in
        name.hasPrefix(row) && name.dropFirst(row.count).first?.isUppercase == true
          || Self.elsewhere[row]?.contains(name) == true
      }
      if Self.later[row] != nil {
        #expect(tests.isEmpty, "\(row) has a test now: it is not later any more")
      } else {
        #expect(!tests.isEmpty, "\(row) has no test")
      }
    }
  }
}
