// `nightjar check --watch`: a program of Fuse is kept in memory and checked again as its files change.

import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import NightjarSystem

/// Checks a program again and again.
struct FuseWatch {
  /// How long a look at the files is put off.
  private static let pauseNanoseconds: UInt64 = 200_000_000

  let input: FuseInput
  let target: FuseTarget?

  func run() -> Int32 {
    var report = SourceReport()
    input.addProblems(to: &report)
    if input.project.hasErrors {
      report.write()
      return 1
    }
    let conditions = input.project.conditions(target: target)
    var workspace = input.project.workspace([input.module], conditions)
    tell(workspace)
    while true {
      _ = Pause.wait(nanoseconds: Self.pauseNanoseconds) { false }
      let files = input.project.files(in: SystemModuleFiles())
      let changed = changes(workspace.checked.program, files)
      if !workspace.update(files, changed: changed).isEmpty || !changed.isEmpty { tell(workspace) }
    }
  }

  /// The modules whose files have other texts than they had.
  private func changes(_ program: FuseProgram, _ files: ProjectFiles) -> Set<String> {
    var changed: Set<String> = []
    for module in program.modules where !module.path.hasPrefix("@fuse:") {
      if files.read(module.path) != module.tree.source { changed.insert(module.path) }
    }
    return changed
  }

  private func tell(_ workspace: FuseWorkspace) {
    var report = SourceReport()
    input.add(workspace.checked, to: &report)
    report.write()
    let count = workspace.checked.program.modules.count { !$0.path.hasPrefix("@fuse:") }
    let files = count == 1 ? "1 file" : "\(count) files"
    Console.error("\(report.hasErrors ? "There are errors" : "All is well") in \(files); watching.")
  }
}
