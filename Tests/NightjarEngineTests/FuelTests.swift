// Fuel is exact: the same program spends the same, wherever its keys lie, whenever it is interrupted and
// however the collector works.

import NightjarBase
import NightjarEngine
import Testing

@Suite struct FuelTests {
  /// Runs a program in portions.
  ///
  /// - Returns: The fuel spent.
  private func fuel(
    of program: String,
    on trial: Trial,
    portion: Int64 = Trial.ample
  ) throws -> Int64 {
    try trial.load(program)
    var spent: Int64 = 0
    trial.machine.fuel = portion
    var outcome = trial.machine.call()
    spent += portion - trial.machine.fuel
    while case .outOfFuel = outcome {
      let given = trial.machine.fuel + portion
      outcome = trial.machine.resume(fuel: given)
      spent += given - trial.machine.fuel
    }
    #expect(trial.ending(of: outcome) == .returned([]))
    return spent
  }

  @Test(arguments: Workload.all.indices)
  func fuelIsTheSame(index: Int) throws {
    let (name, program) = Workload.all[index]
    let spent = try fuel(of: program, on: Trial())
    #expect(spent > 0)
    #expect(try fuel(of: program, on: Trial()) == spent, "\(name), another hash")
    for portion in [101, 1009, 20011] as [Int64] {
      #expect(
        try fuel(of: program, on: Trial(), portion: portion) == spent,
        "\(name), portions of \(portion)"
      )
    }
    let again = Trial()
    #expect(try fuel(of: program, on: again) == spent)
    if Self.seesCollections.contains(name) { return }
    #expect(try fuel(of: program, on: again) == spent, "\(name), a second time")
  }

  /// Programs that do more or less by what has been collected: finalizers that run, and weak tables that
  /// need to grow.
  private static let seesCollections: Set = ["finalizers", "weak tables"]

  @Test(arguments: Workload.all.indices.filter { !seesCollections.contains(Workload.all[$0].name) })
  func theCollectorSpendsNone(index: Int) throws {
    let (name, program) = Workload.all[index]
    let spent = try fuel(of: program, on: Trial())
    let hard = Trial()
    var mode = HeapHardMode()
    mode.period = 13
    mode.stepWork = 3000
    hard.machine.harden(mode) { _ in }
    #expect(try fuel(of: program, on: hard) == spent, "\(name)")
  }
}
