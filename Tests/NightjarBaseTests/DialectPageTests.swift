// docs/compatibility says of each dialect what its rules are and which library functions it has and
// lacks: what the tables say, and nothing else (5.4 has a fuller page of its own). NIGHTJAR_BLESS=1 writes the pages.

import Foundation
import NightjarBase
import Testing

@Suite struct DialectPageTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/compatibility")

  @Test(arguments: LuaDialect.allCases.filter { $0 != .lua54 })
  func pageSaysWhatTheTablesSay(dialect: LuaDialect) throws {
    let url = Self.folder.appendingPathComponent("lua-\(dialect.name).md")
    let page = Self.page(of: dialect)
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
      try Data(page.utf8).write(to: url)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == page, "\(dialect)")
  }

  @Test func namesAreFoundAgain() {
    for dialect in LuaDialect.allCases {
      #expect(LuaDialect(name: dialect.name) == dialect)
      #expect(LuaDialect(declaredIn: Array("-- lua: \(dialect.name)\n".utf8)) == dialect)
      #expect(LuaDialect(declaredIn: Array("#!x\n--  lua: \(dialect.name) x\n".utf8)) == dialect)
      #expect(dialect.hasIntegers == dialect.rules.hasIntegers)
    }
    #expect(LuaDialect(declaredIn: Array("-- lua: 6.0\n".utf8)) == nil)
    #expect(LuaDialect(declaredIn: Array("print(1) -- lua: 5.1\n".utf8)) == nil)
  }

  private static func page(of dialect: LuaDialect) -> String {
    let title = dialect == .luajit ? "LuaJIT" : "Lua \(dialect.name)"
    var text = """
      <!-- Checked against Sources/NightjarBase/Dialects by Tests/NightjarBaseTests/DialectPageTests.swift. -->

      # \(title)

      ## Rules

      | rule | value |
      |---|---|

      """
    for child in Mirror(reflecting: dialect.rules).children {
      guard let label = child.label else { continue }
      text += "| `\(label)` | \(describe(child.value)) |\n"
    }
    text += "\nThe rules are explained in `Sources/NightjarBase/Dialects/DialectRules.swift`.\n"
    var entries: [String: Bool] = [:]
    for entry in LibraryTable.entries {
      let prefix = entry.library == "_G" ? "" : "\(entry.library)."
      entries["\(prefix)\(entry.name)"] =
        LibraryTable.offers(entry.name, of: entry.library, in: dialect)
    }
    text += "\n## Library functions that not every dialect has\n\n| function | here |\n|---|---|\n"
    for (name, isHere) in entries.sorted(by: { $0.key < $1.key }) {
      text += "| `\(name)` | \(isHere ? "yes" : "no") |\n"
    }
    return text
  }

  /// A value of the table as a page shows it.
  private static func describe(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      return mirror.children.first.map { describe($0.value) } ?? "none"
    }
    return "\(value)"
  }
}
