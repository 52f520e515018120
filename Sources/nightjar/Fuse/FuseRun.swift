// `nightjar run app.fuse`: compiled to Lua in memory, all modules in one chunk, and every place told as one
// of the Fuse text.

import NightjarBase
import NightjarBytecode
import NightjarDiagnostics
import NightjarEngine
import NightjarFuseLua
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

/// A program of Fuse, ready to run.
struct FuseExecutable {
  /// The function of the main module, with all others inside.
  private let function: FunctionPrototype
  /// The names of the tests of the main module.
  let tests: [String]

  /// The Lua that the machine runs.
  static let target = FuseTarget.lua54

  /// Compiles a program.
  ///
  /// - Returns: nil if something is wrong, which is in the report.
  init?(_ input: FuseInput, isTest: Bool = false, into report: inout SourceReport) {
    guard let checked = input.check(target: Self.target, isTest: isTest, into: &report),
      !report.hasErrors
    else { return nil }
    let manifest = input.project.manifest
    var options = manifest.luaOptions
    options.includesTests = isTest
    let output = FuseLowering.emit(checked, target: Self.target, options: options)
    input.add(output.diagnostics, of: checked, to: &report)
    if report.hasErrors { return nil }
    let file = LuaFiles.bundle(output, manifest)
    let compiled = LuaCompiler.compile(
      source: file.text,
      chunkName: Array("=fuse".utf8),
      options: LuaCompilerOptions(dialect: .lua54)
    )
    switch compiled {
    case .success(let function):
      self.function = function.withPlaces(
        file.origins { "@\(input.shownPath(ofModule: $0))" }
      )
    case .failure(let failure):
      let problem = String(decoding: failure.message, as: UTF8.self)
      input.add(
        [(input.index(in: checked), Diagnostic.Fuse.internalError(problem))],
        of: checked,
        to: &report
      )
      return nil
    }
    tests = output.modules.first?.tests ?? []
  }

  /// Puts the program where the machine's `call` finds it.
  ///
  /// - Returns: whether that went well; what is wrong has been reported otherwise.
  func load(into session: Session) -> Bool {
    guard let failure = session.machine.load(function) else { return true }
    session.report(failure.message)
    return false
  }
}

extension FuseInput {
  /// Adds what a target lacks to a report.
  func add(
    _ found: [(module: Int, diagnostic: Diagnostic)],
    of program: CheckedProgram,
    to report: inout SourceReport
  ) {
    for (index, diagnostic) in found {
      let module = program.program.modules[index]
      report.add(
        [diagnostic],
        in: module.tree.source,
        name: shownPath(ofModule: module.path)
      )
    }
  }

  /// The number of the program's main module.
  func index(in program: CheckedProgram) -> Int {
    program.program.modules.firstIndex { $0.path == module } ?? 0
  }

  /// The path of a module's file as people see it.
  func shownPath(ofModule path: String) -> String {
    path.hasPrefix("@fuse:") ? path : Self.shownPath(project.files.path(of: path))
  }
}

/// Runs a program of Fuse.
struct FuseRun {
  /// The program, then its arguments.
  let words: [[UInt8]]
  let grants: Grants

  func run() -> Int32 {
    guard let input = FuseInput(words[0]) else { return 1 }
    var report = SourceReport()
    let executable = FuseExecutable(input, into: &report)
    report.write()
    guard let executable else { return 1 }
    let session = Session(
      grants: grants,
      programFolder: Invocation.directory(of: words[0]),
      simulation: grants.simulation
    )
    session.interruptsEndReads = true
    session.keepsErrorObjects = true
    session.setArguments(words, script: 0)
    let program = TaskProgram(session, grants.simulation)
    guard executable.load(into: session) else { return session.finish(false) }
    return session.finish(program.run(words.dropFirst().map { session.machine.string($0) }))
  }
}
