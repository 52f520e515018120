// The pieces of fuse.rt, by the Lua programs of Tests/Fuse/Runtime, on every interpreter there is.

import FuseTesting
import NightjarFuseLibrary
import NightjarFuseSyntax
import Testing

@Suite struct RuntimeTests {
  private static let programs = Programs.names(in: "Runtime", suffix: ".lua")

  /// All pieces for a target, and what the programs compare with.
  private func head(_ target: FuseTarget) -> String {
    var text = "local __rt = { lib = { prelude = { LuaError = {} } } }\n"
    for part in FuseRuntime.parts(FuseRuntime.fields(target: target), target: target) {
      text += part.text
    }
    return text + """
      local failures = 0
      local function check(name, got, expected)
        if got ~= expected then
          failures = failures + 1
          print(name .. ": got " .. tostring(got) .. ", expected " .. tostring(expected))
        end
      end

      """
  }

  @Test(arguments: programs, LuaInterpreter.all)
  func runs(name: String, interpreter: LuaInterpreter) throws {
    let program = String(decoding: try Programs.bytes("Runtime", name), as: UTF8.self)
    let text = head(interpreter.target) + program + "\nprint(failures .. \" failures\")\n"
    let outcome = try interpreter.run(text)
    #expect(outcome.output == "0 failures\n", "\(interpreter): \(outcome.errors)")
  }

  @Test func thereAreProgramsAndInterpreters() {
    #expect(Self.programs.count >= 3)
    #expect(!LuaInterpreter.all.isEmpty)
  }

  /// A program is given what it uses, what that uses, and nothing else; what is used stands first.
  @Test(arguments: FuseTarget.allCases)
  func aProgramGetsWhatItUses(target: FuseTarget) {
    let names = FuseRuntime.parts(["oob", "str", "no such part"], target: target).map(\.name)
    #expect(names.contains("panic") && names.contains("oob") && names.contains("Panic"))
    #expect(!names.contains("sort") && !names.contains("band"))
    #expect(Set(names).count == names.count)
    #expect(names.last == "oob" || names.last == "str")
    #expect(FuseRuntime.parts(["quote"], target: target).map(\.name) == ["quote"])
    #expect(FuseRuntime.parts([], target: target).isEmpty)
    #expect(FuseRuntime.parts(["try"], target: target).flatMap(\.preludeTypes) == ["LuaError"])
  }

  /// Every field that a piece uses is given by some piece, and every line of choice is closed.
  @Test(arguments: FuseTarget.allCases)
  func piecesKnowOnlyPieces(target: FuseTarget) {
    let fields = Set(FuseRuntime.fields(target: target))
    for part in FuseRuntime.parts(fields, target: target) {
      for match in part.text.matches(of: /__rt\.(\w+)/) where match.output.1 != "lib" {
        #expect(fields.contains(String(match.output.1)), "\(part.name): \(match.output.1)")
      }
      #expect(!part.text.contains("--#"))
      #expect(part.text.hasSuffix("\n"))
    }
  }
}
