// A program of one file, checked, turned into Lua, and run on the machine in this process.

import Nightjar
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes

/// What a program of one file becomes.
struct EmittedProgram {
  /// What is wrong with it, as people see it.
  var words: String
  /// The codes of its errors.
  var errors: [DiagnosticCode]
  private let checked: CheckedProgram

  init(_ text: String) {
    let program = FuseProgram(
      roots: ["main.fuse"],
      files: MemoryModuleFiles(["main.fuse": text + "\n"])
    )
    checked = CheckedProgram(checking: program)
    words = ""
    errors = []
    for (module, results) in zip(program.modules, checked.modules) {
      let all = module.diagnostics + results.diagnostics
      errors += all.filter { $0.severity == .error }.map(\.code)
      let source = SourceText(name: module.path, bytes: module.tree.source)
      if !all.isEmpty { words += DiagnosticRenderer().render(all, in: source) }
    }
  }

  /// One Lua text with the support library in it.
  func lua(for target: FuseTarget) -> String {
    let output = FuseLowering.emit(checked, target: target)
    let runtime = output.runtime.map { String(decoding: $0.text, as: UTF8.self) } ?? "return {}"
    let main = output.modules.first.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
    return """
      local loaded = (function(...)
      \(runtime)
      end)("fuse.rt")
      local function require() return loaded end
      ;(function(...)
      \(main)
      end)("main")
      """
  }

  /// Runs the program here; what it printed, and the error that ended it.
  func run(fuel: Int = 200_000_000) -> (output: String, failure: String?) {
    let chunk = """
      local lines = {}
      local tostring, select, concat = tostring, select, table.concat
      local function print(...)
        local words = {}
        for i = 1, select("#", ...) do words[i] = tostring((select(i, ...))) end
        lines[#lines + 1] = concat(words, "\\t")
      end
      local ok, failure = pcall(function()
      \(lua(for: .lua54))
      end)
      return concat(lines, "\\n"), ok, tostring(failure)
      """
    do {
      let machine = Machine(Configuration(limits: Limits(fuel: fuel)))
      let (output, isGood, failure) = try machine.eval(
        chunk,
        as: (String, Bool, String).self
      )
      return (output, isGood ? nil : failure)
    } catch {
      return ("", "\(error)")
    }
  }
}
