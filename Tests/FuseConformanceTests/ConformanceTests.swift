// The statements of the specification's conformance list (section 12), each on every target.

import Foundation
import FuseTesting
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

/// A program compiled for a target.
private struct Compiled {
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
    diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message)" }
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
private struct ByteFiles: ModuleFiles {
  var files: [String: [UInt8]]

  func names(in folder: String) -> [String] { folder.isEmpty ? files.keys.sorted() : [] }
  func read(_ path: String) -> [UInt8]? { files[path] }
}

@Suite struct ConformanceTests {
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

  private func run(_ compiled: Compiled, _ interpreter: LuaInterpreter) throws
    -> LuaInterpreter.Outcome
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuse-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in compiled.lua {
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

  private func check(_ item: ConformanceCase, _ target: FuseTarget) throws {
    let compiled = Compiled(item.files, target)
    if let codes = item.codes {
      #expect(compiled.codes == codes, "\(target): \(compiled.errors)")
    }
    for part in item.messages {
      #expect(compiled.errors.contains { $0.contains(part) }, "\(compiled.errors)")
    }
    guard let expected = item.output else { return }
    guard compiled.output != nil, compiled.errors.isEmpty else {
      Issue.record("\(target): \(compiled.errors)")
      return
    }
    for pattern in item.emitted {
      #expect(try compiled.main.contains(Regex(pattern)), "\(pattern) in\n\(compiled.main)")
    }
    for pattern in item.omitted {
      #expect(try !compiled.main.contains(Regex(pattern)), "\(pattern) in\n\(compiled.main)")
    }
    for interpreter in LuaInterpreter.all where interpreter.target == target {
      let outcome = try run(compiled, interpreter)
      #expect(outcome.output == expected, "\(interpreter): \(outcome.errors)\n\(compiled.main)")
    }
  }

  @Test(arguments: ConformanceStatement.all)
  func holds(statement: ConformanceStatement) throws {
    #expect(!statement.cases.isEmpty)
    for item in statement.cases {
      #expect(item.output != nil || item.codes?.isEmpty == false)
      for target in FuseTarget.allCases where item.target == nil || item.target == target {
        // Only what differs by target is compiled for each where nothing can be run.
        if item.output == nil && item.target == nil && target != .lua54 { continue }
        try check(item, target)
      }
    }
  }

  @Test func everyStatementIsThere() {
    #expect(ConformanceStatement.all.map(\.number) == Array(1...150))
  }

  /// Statement 150, for the programs of all statements.
  @Test func theSameTextGivesTheSameBytes() {
    for item in ConformanceStatement.all.flatMap(\.cases) where item.output != nil {
      let target = item.target ?? .lua51
      #expect(Compiled(item.files, target).lua == Compiled(item.files, target).lua)
    }
  }
}
