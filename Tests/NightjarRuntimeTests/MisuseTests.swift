// What programs that use tasks wrongly are told: each has a golden text beside it, which names the line with the
// mistake, and says what to do about it. `NIGHTJAR_BLESS=1` writes the texts anew.

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

/// The repository.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

@Suite struct MisuseTests {
  private static let folder = repository.appending(path: "Tests/Golden/Tasks")

  static let programs: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".lua") }.map { String($0.dropLast(4)) }.sorted()
  }()

  @Test func thereAreManyPrograms() { #expect(Self.programs.count >= 40) }

  @Test(arguments: programs)
  func theTextIsThat(_ name: String) throws {
    let source = try String(contentsOf: Self.folder.appending(path: "\(name).lua"), encoding: .utf8)
    let trial = Trial { settings in
      settings.taskCountMax = 50
      settings.wakesUnreachable = true
    }
    trial.machine.warningsAreOn = true
    trial.scheduler.host = NeverAnswers()
    trial.machine.setGlobal("host", asking(trial.machine))
    let printed = try trial.trace(source, name: name)
    let golden = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] != nil {
      try printed.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(printed == (try? String(contentsOf: golden, encoding: .utf8)))
    // It names the line, a code, and what to do.
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasSuffix("-- here") }) + 1
    #expect(printed.contains("\(name):\(line)"), "\(printed)")
    #expect(printed.contains(/NJ-A0\d\d [A-Z]/), "\(printed)")
    #expect(printed.contains("\n  help: "), "\(printed)")
  }

  /// Each code has a row in the page about tasks, advice, and a place in the book that exists.
  @Test func codesLeadToThePlaceInTheBook() throws {
    let page = try String(
      contentsOf: repository.appending(path: "docs/internals/tasks.md"),
      encoding: .utf8
    )
    for (code, help) in TaskHelp.all {
      #expect(page.contains("| \(code) |"), "\(code) is not in docs/internals/tasks.md")
      let file = help.link.prefix { $0 != "#" }
      let text = try String(contentsOf: repository.appending(path: String(file)), encoding: .utf8)
      let heading = help.link.drop { $0 != "#" }.dropFirst()
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
        heading.drop { $0 == "#" || $0 == " " }.lowercased()
          .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
          .replacing(" ", with: "-")
      }
      #expect(headings.contains(String(heading)), "\(code): \(help.link)")
    }
  }

  /// The page of a code shows a program that causes it, and one that does not.
  @Test(arguments: TaskHelp.all.keys.sorted())
  func thePageOfACodeIsTrue(_ code: String) throws {
    let file = repository.appending(path: "docs/errors/\(code).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let samples = text.components(separatedBy: "```lua\n").dropFirst().compactMap {
      $0.components(separatedBy: "```\n").first
    }
    // What only the host can cause has no program in Lua.
    let isOfHost = ["NJ-A001", "NJ-A012", "NJ-A023", "NJ-A025", "NJ-A026"].contains(code)
    try #require(samples.count == (isOfHost ? 0 : 2))
    for (index, sample) in samples.enumerated() {
      let trial = Trial { settings in settings.wakesUnreachable = true }
      let printed = try trial.trace(sample, name: "sample")
      #expect(printed.contains("NJ-A") == (index == 0), "\(printed)")
      if index == 0 { #expect(printed.contains("\(code) "), "\(printed)") }
      #expect(!printed.contains("still running") && !printed.contains("AUDIT"), "\(printed)")
      #expect(trial.machine.liveTaskCount == 0)
    }
  }
}
