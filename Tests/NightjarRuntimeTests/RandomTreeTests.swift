// Random task trees under simulation: whatever they do, every task ends within the bound, each cleanup runs
// exactly once unless a drop was reported, nothing is left over, and the same seed gives the same run.

import Foundation
import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct RandomTreeTests {
  /// Runs some trees on one machine, and looks after each step whether every task is where it should be.
  ///
  /// - Returns: the trace of the run, and how many tasks there were.
  private func run(_ seeds: Range<Int>, order: UInt64) throws -> (trace: UInt64, tasks: UInt64) {
    let trial = Trial(seed: order) { $0.cancelFuel = 500_000 }
    let host = SimulatedCalls(.atomic, seconds: 1)
    trial.scheduler.host = host
    trial.machine.setGlobal("op", SimulatedCalls.function(trial.machine))
    let task = try trial.start(
      randomTrees + """

        for seed = \(seeds.lowerBound), \(seeds.upperBound - 1) do
          local before = task.stats()
          local start = task.now()
          tree(seed)
          local after = task.stats()
          local name = "tree " .. seed
          if twice > 0 then print(name, "a cleanup ran twice") end
          if late > 0 then print(name, "a scope outlived its deadline and grace") end
          -- Who is interrupted between two instructions may be about to say that it begins or ends a cleanup.
          local cuts = after.dropped + after.interruptions - before.dropped - before.interruptions
          if begun ~= cleaned and cuts == 0 then
            print(name, begun .. " cleanups, of which ran " .. cleaned)
          end
          if after.live ~= 1 then print(name, after.live .. " tasks are alive") end
          if after.timers_set ~= 0 then print(name, after.timers_set .. " timers are set") end
          if task.now() - start > 26 then print(name, "took " .. task.now() - start) end
          begun, cleaned, twice, late = 0, 0, 0, 0
        end
        """
    )
    let handles = trial.machine.handleCount
    let problems = try drive(trial, until: task)
    #expect(problems.isEmpty, "trees \(seeds), order \(order): \(problems)")
    let printed = trial.report(trial.machine.outcome(of: task))
    #expect(printed == "", "trees \(seeds), order \(order)")
    #expect(trial.machine.liveTaskCount == 0)
    // What nobody waits for any more ends, too, and leaves nothing.
    _ = trial.clock.wait(until: trial.clock.now() + 10_000_000_000)
    _ = trial.scheduler.step(budget: 1_000)
    #expect(host.pendingCount == 0)
    #expect(trial.machine.handleCount == handles, "handles are left, trees \(seeds)")
    return (trial.machine.taskTrace, trial.machine.taskCounters.spawned)
  }

  /// Runs a task to its end in small steps.
  ///
  /// - Returns: what an audit found after one of them.
  private func drive(_ trial: Trial, until task: TaskHandle) throws -> [String] {
    while case .running = trial.machine.outcome(of: task) {
      switch trial.scheduler.step(budget: 3_000) {
      case .busy: break
      case .outOfFuel: return ["the fuel was not enough"]
      case .idle(let moment):
        guard case .running = trial.machine.outcome(of: task) else { break }
        if let moment {
          _ = trial.clock.wait(until: moment)
        } else {
          trial.machine.resolveDeadlock()
          if !trial.machine.hasReadyTasks { return ["nothing can go on"] }
        }
      }
      let problems = trial.machine.auditTasks()
      if !problems.isEmpty { return problems }
    }
    return []
  }

  @Test func treesEndWithinTheirBound() throws {
    let isSlow = ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] != nil
    let count = isSlow ? 100_000 : 2_000
    var tasks: UInt64 = 0
    for first in stride(from: 1, to: count + 1, by: 50) {
      tasks += try run(first..<min(first + 50, count + 1), order: UInt64(first)).tasks
    }
    #expect(tasks > UInt64(count), "the trees have tasks")
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    for order in 1...10 as ClosedRange<UInt64> {
      let first = try run(1..<40, order: order)
      let second = try run(1..<40, order: order)
      #expect(first.trace == second.trace)
    }
    #expect(try run(1..<40, order: 1).trace != run(1..<40, order: 2).trace)
  }
}
