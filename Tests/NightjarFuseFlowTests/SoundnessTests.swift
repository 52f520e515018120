// Soundness by attack: what the checker lets through must not fail, and what breaks a rule must be
// refused. Programs are made at random, from seeds.

import Foundation
import FuseTesting
import NightjarFuseSyntax
import Testing

@Suite struct SoundnessTests {
  private static let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1"
  private static let programs = isSlow ? 20_000 : 500
  private static let parts = 20

  /// The seeds of one part, so that parts run side by side.
  private static func seeds(_ part: Int) -> some Sequence<UInt64> {
    stride(from: UInt64(part), to: UInt64(programs), by: parts)
  }

  @Test(arguments: 0..<parts)
  func goodProgramsAreAcceptedAndRun(part: Int) {
    for seed in Self.seeds(part) {
      let (text, _) = ProgramGenerator.program(seed)
      let program = EmittedProgram(text)
      guard program.errors.isEmpty else {
        Issue.record("seed \(seed) is refused:\n\(program.words)\n\(text)")
        continue
      }
      if let failure = program.run().failure {
        Issue.record("seed \(seed) fails: \(failure)\n\(text)")
      }
    }
  }

  /// The same output from every interpreter.
  @Test(arguments: LuaInterpreter.all)
  func programsPrintTheSame(on interpreter: LuaInterpreter) throws {
    for seed in stride(from: UInt64(3), to: UInt64(Self.programs), by: Self.programs / 10) {
      let program = EmittedProgram(ProgramGenerator.program(seed).text)
      guard program.errors.isEmpty else { continue }
      let outcome = try interpreter.run(program.lua(for: interpreter.target))
      let expected = program.run().output
      #expect(outcome.status == 0, "seed \(seed): \(outcome.errors)")
      #expect(outcome.output == expected + "\n", "seed \(seed)")
    }
  }

  /// Programs that people wrote run with their tokens mixed up, if they are well typed all the same.
  ///
  /// They have what no generator thinks of. Code of the target may raise what it likes.
  @Test(arguments: Programs.names(in: "Programs", suffix: ".fuse"))
  func mixedUpProgramsThatAreAcceptedRun(name: String) throws {
    let source = try Programs.bytes("Programs", name)
    let text = String(decoding: source, as: UTF8.self)
    if ["unsafe", "@lua:", "declare", "global"].contains(where: { text.contains($0) }) { return }
    let mutations = Mutations(of: source)
    for seed in 0..<UInt64(Self.isSlow ? 200 : 3) {
      let mutant = String(decoding: mutations.text(seed: seed), as: UTF8.self)
      let program = EmittedProgram(mutant)
      if !program.errors.isEmpty || mutant.contains("unsafe") || mutant.contains("global") {
        continue
      }
      if let failure = program.run(fuel: 20_000_000).failure, failure.contains("attempt to") {
        Issue.record("\(name), seed \(seed), fails: \(failure)\n\(mutant)")
      }
    }
  }

  @Test(arguments: 0..<parts)
  func brokenProgramsAreRefused(part: Int) {
    for seed in Self.seeds(part) {
      let (_, places) = ProgramGenerator.program(seed)
      // One rule for each program: the seeds take turns.
      let kinds = Breakage.allCases.filter { places[$0, default: 0] > 0 }
      let breakage = kinds[Int(seed) % kinds.count]
      let place = Int(seed &* 31 % UInt64(places[breakage, default: 1]))
      guard let text = ProgramGenerator.mutant(seed, breakage, at: place) else { continue }
      let program = EmittedProgram(text)
      if program.errors.isEmpty {
        Issue.record("seed \(seed) with \(breakage) at \(place) is accepted:\n\(text)")
      }
    }
  }
}
