// `nightjar check`, `new` and `explain` for programs in Fuse.

import Foundation
import Testing

@Suite struct FuseCommandTests {
  @Test func aNewProjectIsGood() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let made = try Command.invoke(["new", "demo"], directory: folder.url)
    #expect(made.status == 0 && made.output.contains("nightjar run demo/src/main.fuse"))
    let checked = try Command.invoke(["check", "demo/src/main.fuse"], directory: folder.url)
    #expect(checked.status == 0 && checked.errors.isEmpty)
    let files = ["demo/src/main.fuse", "demo/src/greeting.fuse"]
    let formatted = try Command.invoke(["fmt", "--check"] + files, directory: folder.url)
    #expect(formatted.status == 0 && formatted.errors.isEmpty)
    let again = try Command.invoke(["new", "demo"], directory: folder.url)
    #expect(again.status == 1 && again.errors == "nightjar: the folder demo is not empty\n")
  }

  @Test func mistakesOfAllModulesAreTold() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("import { b } from \"./b\"\nprint(b, c)\n", to: "a.fuse")
    try folder.write("export const b = d\n", to: "b.fuse")
    let outcome = try Command.invoke(["check", "a.fuse"], directory: folder.url)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("a.fuse:2:10") && outcome.errors.contains("b.fuse:1:18"))
  }

  @Test func toolsGetReports() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("let x = 1\nx = \"\t\"\nprint(x)\n", to: "a.fuse")
    try folder.write("if x\n", to: "b.lua")
    let words = ["check", "--format=json", "a.fuse", "b.lua"]
    let json = try Command.invoke(words, directory: folder.url)
    #expect(json.status == 1 && json.errors.isEmpty)
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let found = report?["diagnostics"] as? [[String: Any]] ?? []
    #expect(found.map { $0["code"] as? String } == ["F0501", "NJ-L0205"])
    #expect(found.map { $0["file"] as? String } == ["a.fuse", "b.lua"])
    let place = found.first?["range"] as? [String: Int]
    #expect(place == ["line": 2, "column": 1, "endLine": 2, "endColumn": 2])
    let sarif = try Command.invoke(
      ["check", "a.fuse", "--format", "sarif"],
      directory: folder.url
    )
    let log = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any]
    let runs = log?["runs"] as? [[String: Any]]
    let results = runs?.first?["results"] as? [[String: Any]]
    #expect(log?["version"] as? String == "2.1.0")
    #expect(results?.first?["ruleId"] as? String == "F0501")
  }

  @Test func aManifestCanRefuseWarnings() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("fn f()\n  let a = 1\nend\nf()\n", to: "a.fuse")
    let warned = try Command.invoke(["check", "a.fuse"], directory: folder.url)
    #expect(warned.status == 0 && warned.errors.hasPrefix("warning[F0211]"))
    try folder.write("deny = [\"F0211\"]\nsource = \".\"\n", to: "fuse.toml")
    let refused = try Command.invoke(["check", "a.fuse"], directory: folder.url)
    #expect(refused.status == 1 && refused.errors.hasPrefix("error[F0211]"))
    try folder.write("deny = 1\n", to: "fuse.toml")
    let broken = try Command.invoke(["check", "a.fuse"], directory: folder.url)
    #expect(broken.status == 1 && broken.errors.contains("fuse.toml:1:8"))
  }

  @Test func codesAreExplained() throws {
    let outcome = try Command.invoke(["explain", "f0401"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("# F0401: a match that does not cover everything\n"))
    #expect(!outcome.output.contains("F0402"))
    #expect(try Command.invoke(["explain", "NJ-L0101"]).output.hasPrefix("# NJ-L0101"))
    let unknown = try Command.invoke(["explain", "F0400"])
    #expect(unknown.status == 1 && unknown.errors.contains("there is no diagnostic F0400"))
    #expect(try Command.invoke(["explain"]).status == 2)
  }
}
