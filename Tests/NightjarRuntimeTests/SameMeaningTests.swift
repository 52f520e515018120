// R2: a program means the same whether or not it is interrupted. Every differential program runs plainly, and as a
// task that is taken off in the middle of everything while others run in random orders; it prints the same.
// (Persisting and restoring at every checkpoint is a third way, and comes with durable tasks.)

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct SameMeaningTests {
  static let programs: [String] = {
    let root = repository.appending(path: "Tests/Differential/programs")
    let all = FileManager.default.enumerator(atPath: root.path)
    let files = all?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".lua") }.sorted()
  }()

  private static func source(_ name: String) throws -> String {
    let file = repository.appending(path: "Tests/Differential/programs/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// Programs that use more than this are left out: each takes many turns.
  private static let fuelMax: Int64 = 1_000_000

  /// What a program prints when nothing else runs; nil if it wants more than a machine in memory has.
  private static func plain(_ source: String) throws -> String? {
    let trial = Trial()
    guard trial.machine.load(Array(source.utf8), chunkName: Array("=test".utf8)) == nil else {
      return nil
    }
    trial.machine.fuel = fuelMax
    let outcome = trial.machine.call()
    guard case .finished = outcome else { return nil }
    return trial.printed
  }

  /// The same as a task among others, each of which gets its turn after a few instructions.
  private static func interrupted(_ source: String, seed: UInt64) throws -> String {
    let trial = Trial(seed: seed) { $0.immediateMax = 1 }
    trial.scheduler.fuel = Allowance(20 * fuelMax)
    trial.scheduler.quantum = 97 + Int64(seed * 37 % 400)
    trial.machine.setGlobal(
      "\u{1}noise",
      try trial.function(
        """
        local body, yield, sleep = ...
        task.scope(function(s)
          for i = 1, 3 do
            s:daemon { preemptible = true, fn = function()
              local n = 0
              while true do
                for j = 1, i * 20 do n = n + j end
                yield()
              end
            end }
          end
          s:spawn { preemptible = true, fn = body }
        end)
        """
      )
    )
    if trial.machine.load(Array(source.utf8), chunkName: Array("=test".utf8)) != nil { return "?" }
    let body = trial.machine.loadedFunction
    let task = trial.machine.field(trial.machine.globals, "task")
    let noise = trial.machine.field(trial.machine.globals, "\u{1}noise")
    trial.machine.setGlobal("\u{1}noise", .nil)
    let arguments = [body, trial.machine.field(task, "yield"), trial.machine.field(task, "sleep")]
    do throws(ScriptError) {
      let handle = try trial.scheduler.spawn(noise, arguments, name: "main")
      return trial.report(trial.scheduler.run(until: handle))
    } catch { return "no task" }
  }

  @Test func r2ProgramsMeanTheSameHoweverTheyAreInterrupted() throws {
    var count = 0
    var differing: [String] = []
    for name in Self.programs {
      let source = try Self.source(name)
      guard let expected = try Self.plain(source) else { continue }
      count += 1
      let seed = UInt64(count % 7 + 1)
      if try Self.interrupted(source, seed: seed) != expected {
        differing.append("\(name) seed \(seed)")
      }
    }
    #expect(differing.isEmpty, "of \(count)")
    #expect(count > 150, "programs that run on a machine in memory")
  }
}
