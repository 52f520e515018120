// Runs the suite on a game's own runtime, with frames of different lengths and budgets, and on those that come with
// Nightjar: the same tests, the same text. Each test has a machine of its own.

import Nightjar

/// The tests of the suite: their names and functions.
func tests(of machine: Machine) throws -> [(name: String, body: Function)] {
  let table = try machine.eval(Scripts.suite_test, as: Table.self)
  return table.entries.compactMap { entry in
    guard case .string(let name) = entry.key, case .function(let body) = entry.value else {
      return nil
    }
    return (name.description, body)
  }
}

/// Runs each test in a way of its own, and says what came of it.
func report(_ runtime: String, _ run: (Machine, _ name: String) throws -> Void) throws {
  let names = try tests(of: Machine()).map(\.name)
  var passed = 0
  for name in names {
    do {
      try run(Machine(), name)
      passed += 1
    } catch { print("  \(name): \(error)") }
  }
  print("\(runtime): \(passed) of \(names.count) passed")
}

/// A machine has not the tests that the others have.
struct Missing: Error {}

/// A test of a machine that has tasks.
func test(_ name: String, of machine: Machine) throws -> Function {
  guard let test = try tests(of: machine).first(where: { $0.name == name }) else { throw Missing() }
  return test.body
}

for (milliseconds, budget) in [(16, 2_000), (16, 100_000), (1, 500), (100, 20_000)] {
  try report("frames of \(milliseconds) ms, \(budget) units of fuel each") { machine, name in
    let game = FrameRuntime(machine, frame: .milliseconds(milliseconds), budget: budget)
    _ = try game.play(try test(name, of: machine), frames: 100_000)
  }
}
for seed in 1...3 as ClosedRange<UInt64> {
  try report("simulation of seed \(seed)") { machine, name in
    let tasks = machine.openTasks(SimRuntime(seed: seed))
    let _: Value = try tasks.run(try test(name, of: machine))
  }
}
try report("the thread's own clock") { machine, name in
  let tasks = machine.openTasks(ThreadRuntime())
  let _: Value = try tasks.run(try test(name, of: machine))
}
