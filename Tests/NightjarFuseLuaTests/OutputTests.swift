// Files, maps of lines, and the limits of Lua.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import Testing

struct OutputTests {
  @Test func theSameProgramGivesTheSameBytes() {
    let text = """
      struct P pub x: number pub y: number end
      impl Display for P fn tostring(self) -> string => "${self.x},${self.y}" end
      print([P { x: 1, y: 2 }], (1..3).map(fn(n) => n * n).collect())
      """
    for target in FuseTarget.allCases {
      let first = compile(["main.fuse": text], target)
      let second = compile(["main.fuse": text], target)
      #expect(first.modules.map(\.text) == second.modules.map(\.text))
      #expect(first.runtime?.text == second.runtime?.text)
    }
  }

  @Test func importsOfTypesLeaveNothing() {
    let files = [
      "main.fuse": """
      import type { Size } from "./model"
      import { area } from "./model"
      fn twice(size: Size) -> number => 2 * area(size)
      """,
      "model.fuse": """
      export type Size = { w: number, h: number }
      export fn area(size: Size) -> number => size.w * size.h
      """,
    ]
    let output = compile(files)
    #expect(output.modules.map(\.path).sorted() == ["main", "model"])
    let main = output.modules.first { $0.path == "main" }
    let text = String(decoding: main?.text ?? [], as: UTF8.self)
    #expect(text.contains("local model = require(\"model\")\nlocal area = model.area\n"))
    let onlyTypes = [
      "main.fuse": """
      import type { Size } from "./model"
      fn width(size: Size) -> number => size.w
      """,
      "model.fuse": "export type Size = { w: number, h: number }\n",
    ]
    let other = compile(onlyTypes).modules.first { $0.path == "main" }
    let lua = String(decoding: other?.text ?? [], as: UTF8.self)
    #expect(!lua.contains("require"))
  }

  @Test func linesOfLuaLeadToLinesOfFuse() {
    let output = compile([
      "main.fuse": "let a = 1\n\n\nfn f(x: number) -> number\n  x + a\nend\nprint(f(2) == 3)\n"
    ])
    guard let module = output.modules.first else {
      Issue.record("there is no module")
      return
    }
    let lines = String(decoding: module.text, as: UTF8.self).split(separator: "\n")
    let place = lines.firstIndex { $0.contains("return") } ?? 0
    #expect(module.map.origin(ofLine: place + 1)?.line == 5)
    #expect(module.map.origin(ofLine: place + 1)?.source == "main.fuse")
    let read = LineMap(json: module.map.json(file: "main.lua"))
    #expect(read?.sources == module.map.sources)
    #expect(read?.lines.map(\.line) == module.map.lines.map(\.line))
  }

  @Test func manyNamesGoIntoOneTable() {
    var text = ""
    for index in 0..<300 { text += "fn f\(index)(x: number) -> number => x + \(index)\n" }
    text += "let all = [" + (0..<300).map { "f\($0)(1)" }.joined(separator: ", ") + "]\n"
    let output = compile(["main.fuse": text])
    #expect(output.diagnostics.isEmpty)
    let lua = String(decoding: output.modules.first?.text ?? [], as: UTF8.self)
    #expect(lua.contains("function __module.f299(x)"))
  }

  /// The whole text of it, against Tests/Fuse/Diagnostics/F0909.md.
  @Test func whatDoesNotFitIsReported() throws {
    var file = try GoldenText("Diagnostics", "F0909.md")
    #expect(!file.cases.isEmpty)
    for (text, output) in file.cases {
      let source = String(file[text].dropLast())
      let diagnostics = compile(["main.fuse": source]).diagnostics.map(\.diagnostic)
      #expect(diagnostics.contains { "\($0.code)".contains("F0909") })
      let words = DiagnosticRenderer()
        .render(diagnostics, in: SourceText(name: "main.fuse", bytes: Array(source.utf8)))
      if GoldenText.isBlessing { file[output] = words }
      #expect(file[output] == words)
    }
    try file.bless()
  }
}
