// A Fuse program named on the command line: found, read and checked, with what is wrong told.

import NightjarDiagnostics
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import NightjarSystem

/// A program of Fuse.
struct FuseInput {
  let project: FuseProject
  /// The module that was named, a path from the root of the sources.
  let module: String

  /// Whether a word names a program of Fuse.
  static func isFuse(_ word: [UInt8]) -> Bool { word.suffix(5) == Array(".fuse".utf8)[...] }

  /// Finds a program.
  ///
  /// - Returns: nil if that is not possible, which has been reported.
  init?(_ word: [UInt8]) {
    guard ProgramText.read(word) != nil, let place = Invocation.resolve(word) else { return nil }
    let path = String(decoding: place, as: UTF8.self)
    project = FuseProject(of: path, system: SystemModuleFiles())
    guard let module = project.module(of: path) else { return nil }
    self.module = module
  }

  /// What is wrong with the manifest.
  func addProblems(to report: inout SourceReport) {
    for (source, diagnostic) in project.problems {
      report.add([diagnostic], in: source.bytes, name: Self.shownPath(source.name))
    }
  }

  /// Reads and checks the program; what is wrong goes to a report.
  ///
  /// - Returns: nil if the manifest is of no use.
  func check(
    target: FuseTarget?,
    isTest: Bool = false,
    into report: inout SourceReport
  ) -> CheckedProgram? {
    addProblems(to: &report)
    if project.hasErrors { return nil }
    let program = project.read([module], project.conditions(target: target, isTest: isTest))
    let checked = CheckedProgram(checking: program)
    add(checked, to: &report)
    return checked
  }

  /// Adds what is wrong with the modules of a program.
  func add(_ checked: CheckedProgram, to report: inout SourceReport) {
    for (index, module) in checked.program.modules.enumerated()
    where !module.path.hasPrefix("@fuse:") {
      report.add(
        checked.diagnostics(ofModule: index).map(denied),
        in: module.tree.source,
        name: shownPath(ofModule: module.path)
      )
    }
  }

  /// A warning that the manifest makes an error.
  private func denied(_ diagnostic: Diagnostic) -> Diagnostic {
    guard project.manifest.deny.contains(diagnostic.code.description) else { return diagnostic }
    var result = diagnostic
    result.severity = .error
    return result
  }

  /// A path as people see it: from the working folder, if it lies below it.
  static func shownPath(_ path: String) -> String {
    let here = Invocation.resolve([UInt8(ascii: ".")]).map { String(decoding: $0, as: UTF8.self) }
    return here.flatMap { FolderPath.path(path, below: $0) } ?? path
  }
}
