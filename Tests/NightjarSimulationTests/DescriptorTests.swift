// What operations open in the system is closed again. Counted in a process of its own, since other tests
// open and close descriptors at the same time.

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
}

/// The descriptors that this process has open; the look itself opens one more.
private func openDescriptors() -> Set<String> {
  Set((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [])
}
