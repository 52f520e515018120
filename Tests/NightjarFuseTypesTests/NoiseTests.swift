// Nothing that is wrong with a program traps the checker: all programs with tokens taken out, doubled or
// exchanged are checked to the end, and what is said of them can be shown. The seed is in the message of
// a failure.

import Foundation
import FuseTesting
import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct CheckerNoiseTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1" ? UInt64(300) : 4

  private static let programs =
    Programs.samples.map { ("Samples", $0) }
    + Programs.names(in: "Programs", suffix: ".fuse").map { ("Programs", $0) }

  @Test(arguments: programs)
  func mutatedPrograms(folder: String, name: String) throws {
    let mutations = Mutations(of: try Programs.bytes(folder, name))
    for seed in 0..<Self.rounds {
      let bytes = mutations.text(seed: seed)
      let program = program(String(decoding: bytes, as: UTF8.self))
      let checked = CheckedProgram(checking: program)
      for (read, types) in zip(program.modules, checked.modules) {
        let source = SourceText(name: read.path, bytes: read.tree.source)
        for diagnostic in (read.diagnostics + types.diagnostics).prefix(20) {
          #expect(diagnostic.span.end <= read.tree.source.count, "\(name), seed \(seed)")
          #expect(!DiagnosticRenderer().render(diagnostic, in: source).isEmpty)
        }
      }
    }
  }
}
