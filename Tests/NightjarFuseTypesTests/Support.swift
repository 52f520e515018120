// What the tests of names share: programs of several files in one text.

import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarFuseTypes

/// Reads a program.
///
/// The text is `main.fuse` up to the first line `-- file: path`, which begins another file.
func program(_ text: String, _ options: FuseProgram.Options = .init()) -> FuseProgram {
  var files: [String: String] = [:]
  var name = "main.fuse"
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("-- file: ") {
      name = String(line.dropFirst("-- file: ".count))
    } else {
      files[name, default: ""] += "\(line)\n"
    }
  }
  return FuseProgram(roots: ["main.fuse"], files: MemoryModuleFiles(files), options: options)
}

/// The codes of what is wrong with a program, by module.
func codes(_ text: String, _ options: FuseProgram.Options = .init()) -> [String] {
  program(text, options).modules.flatMap { $0.diagnostics.map(\.code.description) }
}

/// All diagnostics of a program as people see them.
func rendered(_ program: FuseProgram) -> String {
  program.modules.filter { !$0.diagnostics.isEmpty }.map { module in
    let source = SourceText(name: module.path, bytes: module.tree.source)
    return DiagnosticRenderer().render(module.diagnostics, in: source)
  }.joined(separator: "\n")
}
