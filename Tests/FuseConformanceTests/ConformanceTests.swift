// The statements of the specification's conformance list (section 12), each on every target.

import Foundation
import FuseTesting
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct ConformanceTests {
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
      #expect(
        try compiled.main.contains(Regex(pattern).wordBoundaryKind(.simple)),
        "\(pattern) in\n\(compiled.main)"
      )
    }
    for pattern in item.omitted {
      #expect(
        try !compiled.main.contains(Regex(pattern).wordBoundaryKind(.simple)),
        "\(pattern) in\n\(compiled.main)"
      )
    }
    for interpreter in LuaInterpreter.all where interpreter.target == target {
      let outcome = try compiled.run(on: interpreter)
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

  /// Statement 122: the runner says what happened on standard error only.
  @Test func aPanicEndsTheRunner() throws {
    let nightjar = try #require(LuaInterpreter.nightjar)
    let runner = LuaInterpreter(target: .lua54, executable: nightjar, arguments: ["run"])
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuse-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("print(\"before\")\npanic(\"too late\")\n".utf8)
      .write(to: folder.appending(path: "main.fuse"))
    let outcome = try runner.run("main.fuse", in: folder)
    #expect(outcome.output == "before\n")
    #expect(outcome.errors.contains("panic: too late"))
    #expect(outcome.status == 101)
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
