// docs/compatibility says of each dialect what its rules are, those of the language and those of its
// libraries: what the tables say, and nothing else. Each rule has a program that shows it, which
// Tests/ConformanceTests/DialectProgramTests.swift compares with the references. NIGHTJAR_BLESS=1 writes the
// pages; the functions below the rules are checked by CompatibilityPageTests.swift there.

import Foundation
import NightjarBase
import Testing

@Suite struct DialectPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let programs = "Tests/Differential/rules"
  private static let start = "<!-- rules -->\n"
  private static let end = "<!-- functions -->\n"

  @Test(arguments: LuaDialect.allCases)
  func pageSaysWhatTheTablesSay(dialect: LuaDialect) throws {
    let url = Self.root.appendingPathComponent("docs/compatibility")
      .appendingPathComponent("lua-\(dialect.name).md")
    var page = try String(contentsOf: url, encoding: .utf8)
    let section = Self.section(of: dialect)
    let first = page.range(of: Self.start)?.upperBound
    let last = page.range(of: Self.end)?.lowerBound
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
      let head = page.range(of: Self.start).map { String(page[..<$0.lowerBound]) } ?? page
      let tail = last.map { String(page[$0...]) } ?? ""
      page = head + Self.start + section + tail
      try Data(page.utf8).write(to: url)
    } else {
      let from = try #require(first, "no rules on the page")
      let to = try #require(last, "no functions on the page")
      #expect(page[from..<to] == section[...], "\(dialect)")
    }
  }

  @Test func everyRuleHasItsProgram() throws {
    let rules = LibraryRule.allCases.map { "library/\($0)" } + Self.labels.map { "language/\($0)" }
    for rule in rules {
      let path = "\(Self.programs)/\(rule).lua"
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(path).path),
        "\(path)"
      )
    }
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: Self.root.appendingPathComponent(Self.programs).path
    ).filter { $0.hasSuffix(".lua") }
    #expect(files.count == rules.count, "a program of no rule: \(Set(files).subtracting(rules))")
  }

  @Test func everyRuleTellsDialectsApart() {
    let all = Set(LuaDialect.allCases)
    for rule in LibraryRule.allCases {
      let holds = all.filter { $0.follows(rule) }
      #expect(!holds.isEmpty && holds != all, "\(rule)")
    }
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

  /// The names of the rules of the language.
  private static var labels: [String] {
    Mirror(reflecting: LuaDialect.standard.rules).children.compactMap(\.label)
  }

  private static func section(of dialect: LuaDialect) -> String {
    func link(_ folder: String, _ name: String) -> String {
      "[\(name)](../../\(programs)/\(folder)/\(name).lua)"
    }
    var text = """

      ## Rules of the language

      They are explained in `Sources/NightjarBase/Dialects/DialectRules.swift`; each links to the program
      that shows it.

      | rule | value |
      |---|---|

      """
    for child in Mirror(reflecting: dialect.rules).children {
      guard let label = child.label else { continue }
      text += "| \(link("language", label)) | \(describe(child.value)) |\n"
    }
    text += """

      ## Rules of the libraries

      What functions do that others share but do differently.

      | rule | what it says | here |
      |---|---|---|

      """
    for rule in LibraryRule.allCases {
      let isHere = dialect.follows(rule) ? "yes" : "no"
      text += "| \(link("library", "\(rule)")) | \(rule.summary) | \(isHere) |\n"
    }
    return text + "\n"
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
