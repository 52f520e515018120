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
    try folder.write("let x = 1\nx = 2\nprint(x)\n", to: "a.fuse")
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

  @Test func programsRunWithTheirArguments() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      "import os from \"@fuse:os\"\nprint(\"hello\", ...os::args())\n",
      to: "a.fuse"
    )
    let outcome = try Command.invoke(["run", "a.fuse", "x", "y"], directory: folder.url)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output == "hello\tx\ty\n")
  }

  @Test func aPanicEndsWithItsPlace() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let module =
      "export fn fail(n: number) -> number\n  if n > 1 then panic(\"too much\") end\n  n\nend\n"
    try folder.write(module, to: "b.fuse")
    try folder.write("import { fail } from \"./b\"\nprint(fail(1))\nprint(fail(2))\n", to: "a.fuse")
    let outcome = try Command.invoke(["run", "a.fuse"], directory: folder.url)
    #expect(outcome.status == 101 && outcome.output == "1\n")
    #expect(outcome.errors.hasPrefix("panic: too much\n"))
    #expect(outcome.errors.contains("b.fuse:2:") && outcome.errors.contains("a.fuse:3:"))
  }

  @Test func builtFilesRunAndTraceBack() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      "declare global\n  unsafe fn boom() -> number\nend\n\nunsafe fn f() => global.boom()\n"
        + "print(unsafe do f() end)\n",
      to: "a.fuse"
    )
    for words in [["-o", "out"], ["-o", "one", "--bundle"], ["-t", "5.1", "--out=old"]] {
      let built = try Command.invoke(["build", "a.fuse"] + words, directory: folder.url)
      #expect(built.status == 0 && built.errors.isEmpty)
    }
    let out = folder.url.appending(path: "out")
    let run = try Command.invoke(["lua", "a.lua"], directory: out)
    #expect(run.status == 1 && run.errors.contains("a.lua:"))
    let traced = try Command.invoke(["trace"], input: run.errors, directory: out)
    #expect(traced.output.contains("a.fuse:5:") && !traced.output.contains("a.lua:"))
    let bundled = try Command.invoke(["lua", "one/a.lua"], directory: folder.url)
    #expect(bundled.status == 1 && bundled.errors.contains("field 'boom'"))
  }

  @Test func testsAreRunAndReported() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      """
      import { skip } from "@fuse:test"

      #[test]
      fn works()
        assert_eq(1 + 1, 2)
      end

      #[test]
      fn fails()
        print("seen")
        assert_eq("a", "b")
      end

      #[test]
      fn later()
        skip("not yet")
      end

      """,
      to: "a.fuse"
    )
    let outcome = try Command.invoke(["test"], directory: folder.url)
    #expect(outcome.status == 1 && outcome.output.contains("1 passed, 1 failed, 1 skipped"))
    #expect(outcome.output.contains("a.fuse:11:") && outcome.output.contains("seen"))
    let chosen = try Command.invoke(["test", "--filter", "work"], directory: folder.url)
    #expect(chosen.status == 0 && chosen.output.hasSuffix("1 passed\n"))
    let tap = try Command.invoke(["test", "--format", "tap", "a.fuse"], directory: folder.url)
    #expect(tap.output.hasPrefix("TAP version 14\n1..3\nok 1 - a.fuse: works\nnot ok 2"))
    let junit = try Command.invoke(["test", "--format=junit", "."], directory: folder.url)
    #expect(junit.output.contains("tests=\"3\" failures=\"1\" skipped=\"1\""))
  }
}
