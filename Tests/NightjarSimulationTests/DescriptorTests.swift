// What operations open in the system is closed again, and what they start has ended. Counted in a process of its own,
// since other tests open and close descriptors at the same time.

import Foundation
import NightjarBase
import NightjarSystem
import Testing

@Suite struct DescriptorTests {
  @Test func allAreGivenBack() async {
    await #expect(processExitsWith: .success) {
      let world = World.real(SystemSource())
      let runs: [() throws -> Void] = [
        { try ParkedProcessTests().aProgramReadsAndWrites(world: world) },
        { try BothWorldsTests().thousandsOfConnections(world: world) },
        { try CancelTests().everyKindCanBeCancelled(world: world) },
      ]
      let machine = world.machine()
      // The first use opens what stays open: the means to wait for events.
      try machine.pause()
      let before = openDescriptors()
      for run in runs {
        try run()
        try machine.wait { openDescriptors() == before }
      }
      machine.operations.end()
    }
  }

  /// Whoever lets go of everything leaves no processes behind, and none that nobody has waited for.
  @Test func noProcessIsLeft() async {
    await #expect(processExitsWith: .success) {
      for _ in 0..<5 {
        let machine = World.real(SystemSource()).machine()
        guard case .spawned = try machine.run(.spawn(ProcessPlan(shell: Array("sleep 1e3".utf8))))
        else { exit(2) }
      }
      for _ in 0..<3_000 {
        var info = siginfo_t()
        // Only looked at: whoever has started a process waits for it.
        if waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD { exit(0) }
        Thread.sleep(forTimeInterval: 0.01)
      }
      exit(3)
    }
  }
}

/// The descriptors that this process has open; the look itself opens one more.
private func openDescriptors() -> Set<String> {
  Set((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [])
}
