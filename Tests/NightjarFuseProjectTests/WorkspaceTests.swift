// A workspace gives after each edit what reading and checking all anew gives: the same diagnostics in
// every module, and from its tables the same Lua.

import Foundation
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct WorkspaceTests {
  private static let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1"

  private func words(_ program: CheckedProgram) -> String {
    var text = ""
    for (index, module) in program.program.modules.enumerated()
    where !module.path.hasPrefix("@fuse:") {
      let source = SourceText(name: module.path, bytes: module.tree.source)
      let found = program.diagnostics(ofModule: index)
      if !found.isEmpty { text += DiagnosticRenderer().render(found, in: source) }
    }
    return text
  }

  private func lua(_ program: CheckedProgram) -> [String] {
    FuseLowering.emit(program, target: .lua51).modules.map {
      "-- \($0.path)\n" + String(decoding: $0.text, as: UTF8.self)
    }
  }

  @Test(arguments: 0..<10)
  func editsGiveWhatANewBeginningGives(part: Int) {
    let count = Self.isSlow ? 100 : 4
    for seed in stride(from: part, to: count * 10, by: 10) {
      var project = EditedProject(seed: UInt64(seed))
      var workspace = FuseWorkspace(
        roots: ["m7.fuse"],
        files: MemoryModuleFiles(project.texts)
      )
      for step in 0..<25 {
        let before = project.texts
        project.edit()
        let files = MemoryModuleFiles(project.texts)
        let changed = before.keys.filter { before[$0] != project.texts[$0] }
        workspace.update(files, changed: Set(changed))
        let anew = FuseWorkspace(roots: ["m7.fuse"], files: files).checked
        let place = "seed \(seed), step \(step): \(project.last)"
        let expected = words(anew)
        #expect(words(workspace.checked) == expected, "\(place)")
        if !expected.contains("error[") { #expect(lua(workspace.checked) == lua(anew), "\(place)") }
      }
    }
  }

  private static let texts = [
    "main.fuse": "import { double } from \"./a\"\nprint(double(2))\n",
    "a.fuse": "import { base } from \"./b\"\nexport fn double(x: number) => x * 2 + base()\n",
    "b.fuse": "export fn base() => 1\n",
  ]

  private func update(_ file: String, _ text: String) -> [String] {
    var workspace = FuseWorkspace(roots: ["main.fuse"], files: MemoryModuleFiles(Self.texts))
    var texts = Self.texts
    texts[file] = text
    return workspace.update(MemoryModuleFiles(texts), changed: [file])
  }

  @Test func aBodyConcernsItsModule() {
    #expect(update("b.fuse", "export fn base() => 2\n") == ["b.fuse"])
  }

  @Test func aPrivateFunctionConcernsItsModule() {
    let text = "fn inner() => 3\nexport fn base() => inner()\nstruct Hidden a: number end\n"
    // The struct is new, and a value of it might come to light.
    #expect(update("b.fuse", text) == ["main.fuse", "a.fuse", "b.fuse"])
    #expect(update("b.fuse", "fn inner() => 3\nexport fn base() => inner()\n") == ["b.fuse"])
  }

  @Test func aResultThatIsFoundConcernsImporters() {
    let looked = update("b.fuse", "export fn base() => \"one\"\n")
    #expect(looked == ["main.fuse", "a.fuse", "b.fuse"])
  }

  @Test func anUnchangedFileConcernsNobody() {
    #expect(update("b.fuse", Self.texts["b.fuse"] ?? "") == [])
  }

  @Test func aNewModuleIsRead() {
    var texts = ["main.fuse": "import { x } from \"./late\"\nprint(x)\n"]
    var workspace = FuseWorkspace(roots: ["main.fuse"], files: MemoryModuleFiles(texts))
    #expect(words(workspace.checked).contains("F0204"))
    texts["late.fuse"] = "export const x = 1\n"
    workspace.update(MemoryModuleFiles(texts), changed: ["late.fuse"])
    #expect(words(workspace.checked) == "")
  }
}
