// Programs of Fuse as Lua that runs.

import Foundation
import FuseTesting
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes

/// A program compiled for a target.
struct Compiled {
  var program: CheckedProgram
  var diagnostics: [Diagnostic]
  var output: LuaOutput?

  init(_ files: [String: [UInt8]], _ target: FuseTarget) {
    let options = FuseProgram.Options(conditions: FuseConditions(target: target))
    let read = FuseProgram(roots: ["main.fuse"], files: ByteFiles(files: files), options: options)
    program = CheckedProgram(checking: read)
    diagnostics = []
    for (module, checked) in zip(program.program.modules, program.modules)
    where !module.path.hasPrefix("@fuse:") {
      diagnostics += module.diagnostics + checked.diagnostics
    }
    if !diagnostics.contains(where: { $0.severity == .error }) {
      let output = FuseLowering.emit(program, target: target)
      diagnostics += output.diagnostics.map(\.diagnostic)
      self.output = output
    }
  }

  /// All that is reported, but for names that are not used.
  var codes: Set<String> {
    Set(diagnostics.map(\.code.description)).subtracting(["F0211", "F0515"])
  }

  var errors: [String] {
    diagnostics.filter { $0.severity == .error }
      .map { "\($0.code): \($0.message) \($0.hint ?? "")" }
  }

  /// The Lua of the first module.
  var main: String {
    output?.modules.first.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
  }

  /// The files of Lua by path.
  var lua: [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for module in (output?.modules ?? []) + [output?.runtime].compactMap({ $0 }) {
      files[module.path + ".lua"] = module.text
    }
    return files
  }
}

/// Files whose bytes need not be text.
struct ByteFiles: ModuleFiles {
  var files: [String: [UInt8]]

  func names(in folder: String) -> [String] { folder.isEmpty ? files.keys.sorted() : [] }
  func read(_ path: String) -> [UInt8]? { files[path] }
}

extension Compiled {
  /// Runs the program; what it raises is the last line of its output.
  private static let runner = """
    package.path = "./?.lua;" .. package.path
    local ok, e = pcall(require, "main")
    if not ok then
      local meta = type(e) == "table" and getmetatable(e)
      local isPanic = meta and meta.__name == "panic"
      print((isPanic and "panic: " or "raised: ") .. tostring(isPanic and e.message or e))
    end
    """

  func run(on interpreter: LuaInterpreter) throws -> LuaInterpreter.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuse-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in lua {
      let url = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text).write(to: url)
    }
    try Data(Self.runner.utf8).write(to: folder.appending(path: "run.lua"))
    return try interpreter.run("run.lua", in: folder)
  }
}
