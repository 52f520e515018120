// The library at work: a program for each of its modules (Tests/Fuse/Library), which prints the same on
// every interpreter there is.

import FuseTesting
import NightjarFuseSyntax
import Testing

@Suite struct LibraryProgramTests {
  private static let programs = Programs.names(in: "Library", suffix: ".fuse")

  @Test(arguments: programs, LuaInterpreter.all)
  func prints(name: String, interpreter: LuaInterpreter) throws {
    let expected = String(name.dropLast(".fuse".count)) + ".out"
    let compiled = Compiled(
      ["main.fuse": try Programs.bytes("Library", name)],
      interpreter.target
    )
    #expect(compiled.errors == [])
    let outcome = try compiled.run(on: interpreter)
    let text = String(decoding: try Programs.bytes("Library", expected), as: UTF8.self)
    #expect(outcome.output == text, "\(outcome.errors)")
  }

  @Test func thereAreProgramsForTheModules() {
    #expect(Self.programs.count >= 8)
  }
}
