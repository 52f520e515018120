// The heap's books: what programs leave behind is nothing, and the check of every object agrees.

import NightjarEngine
import Testing

@Suite struct HeapAccountingTests {
  /// Runs a program and gives back what is then in use.
  private func byteCount(after program: String, on trial: Trial) throws -> Int {
    #expect(try trial.run(program) == .returned([]))
    // The function that was run is still on the stack; another one takes its place.
    // What had a finalizer is dead only when that has run, in the first collection.
    #expect(try trial.run("collectgarbage() collectgarbage()") == .returned([]))
    trial.machine.collectGarbage()
    return trial.machine.byteCount
  }

  @Test(arguments: Workload.all.indices)
  func bytesReturnToTheBaseline(index: Int) throws {
    let (name, program) = Workload.all[index]
    let trial = Trial()
    let baseline = try byteCount(after: program, on: trial)
    for round in 1...4 {
      let now = try byteCount(after: program, on: trial)
      #expect(now == baseline, "\(name), round \(round)")
    }
    #expect(trial.machine.peakByteCount > baseline)
    #expect(trial.machine.checkHeap() == [], "\(name)")
  }

  @Test(arguments: Workload.all.indices)
  func theHeapIsSoundAtEveryStepOfACycle(index: Int) throws {
    let (name, program) = Workload.all[index]
    for (period, work) in [(97, 150), (31, 4000), (211, nil)] as [(Int, Int?)] {
      let trial = Trial()
      var mode = HeapHardMode()
      mode.period = period
      mode.stepWork = work
      mode.isChecking = true
      trial.machine.harden(mode) { findings in
        Issue.record("\(name), every \(period): \(findings.joined(separator: "; "))")
      }
      #expect(try trial.run(program) == .returned([]))
      #expect(trial.machine.checkHeap() == [], "\(name), every \(period)")
    }
  }

  /// What a program holds is counted: an array of n integers takes sixteen bytes for each.
  @Test func heldBytesAreCounted() throws {
    let trial = Trial()
    trial.machine.collectGarbage()
    let before = trial.machine.byteCount
    #expect(try trial.run("held = {} for i = 1, 65536 do held[i] = i end") == .returned([]))
    trial.machine.collectGarbage()
    let held = trial.machine.byteCount - before
    #expect((65536 * 16..<65536 * 16 + 20000).contains(held), "\(held)")
    #expect(try trial.run("held = nil") == .returned([]))
    trial.machine.collectGarbage()
    #expect(trial.machine.byteCount - before < 20000)
  }
}
