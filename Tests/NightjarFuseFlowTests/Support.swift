// What the tests of flow share.

import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarFuseTypes

/// All that is wrong with a program of one file, as people see it, and the codes.
func checked(_ text: String) -> (words: String, codes: [DiagnosticCode]) {
  let program = FuseProgram(
    roots: ["main.fuse"],
    files: MemoryModuleFiles(["main.fuse": text + "\n"])
  )
  let checked = CheckedProgram(checking: program)
  var words: [String] = []
  var codes: [DiagnosticCode] = []
  for (module, results) in zip(program.modules, checked.modules) {
    let all = (module.diagnostics + results.diagnostics).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    if all.isEmpty || module.path != "main.fuse" { continue }
    codes += all.map(\.code)
    let source = SourceText(name: module.path, bytes: module.tree.source)
    words.append(DiagnosticRenderer().render(all, in: source))
  }
  return (words.joined(separator: "\n"), codes)
}
