// `nightjar fmt` on files and on standard input.

import Foundation
import Testing

@Suite struct FormatTests {
  @Test func filesAreWrittenOver() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("let   a=1;let b = 2\n", to: "a.fuse")
    try folder.write("let c = 3\n", to: "b.fuse")
    let checked = try Command.invoke(["fmt", "--check", "a.fuse", "b.fuse"], directory: folder.url)
    #expect(checked.status == 1 && checked.errors == "a.fuse is not formatted\n")
    let outcome = try Command.invoke(["fmt", "a.fuse", "b.fuse"], directory: folder.url)
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    let text = try String(contentsOf: folder.url.appending(path: "a.fuse"), encoding: .utf8)
    #expect(text == "let a = 1\nlet b = 2\n")
    let again = try Command.invoke(["fmt", "--check", "a.fuse", "b.fuse"], directory: folder.url)
    #expect(again.status == 0 && again.errors.isEmpty)
  }

  @Test func standardInputGoesToStandardOutput() throws {
    let outcome = try Command.invoke(["fmt", "-"], input: "print( 1,2 )")
    #expect(outcome.output == "print(1, 2)\n" && outcome.status == 0)
  }

  @Test func aFileWithErrorsIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("local  x = 1\n", to: "a.fuse")
    let outcome = try Command.invoke(["fmt", "a.fuse"], directory: folder.url)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("error[F0104]") && outcome.errors.contains("a.fuse:1:1"))
    let text = try String(contentsOf: folder.url.appending(path: "a.fuse"), encoding: .utf8)
    #expect(text == "local  x = 1\n")
  }
}
