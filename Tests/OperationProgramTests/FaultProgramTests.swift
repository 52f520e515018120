// Clients and servers on bad days: peers that reset, close half, dribble, never answer, die in the middle of an
// answer or send nonsense, on real loopback and in the simulated world. Whatever they do is an error of the one
// it happens to; everything ends in time, and nothing is left open.

import Foundation
import NightjarBase
import NightjarEngine
import NightjarSimulation
import TestSupport
import Testing

@Suite struct FaultProgramTests {
  /// Runs a program beside its peer; nothing of either is left over.
  private func check(_ fault: FaultCase, _ setting: Setting) throws {
    let stage = Stage(setting)
    let peer: any Peer =
      if let world = stage.world {
        try SimulatedPeer(in: world, fault.peer)
      } else {
        try SocketPeer(fault.peer)
      }
    let printed = try stage.run(stage.names(of: peer) + fault.program)
    #expect(printed == fault.printed)
    #expect(stage.machine.liveTaskCount == 0 && stage.machine.taskTimerCount == 0)
    #expect(stage.isClean(), "something is left open")
    #expect(stage.machine.taskTime < 60_000_000_000, "it hung")
    peer.end()
    if stage.world == nil {
      // The peer's own end closes when its thread has seen that.
      var left = 3_000
      while socketCount(peer.port) > 0, left > 0 {
        Thread.sleep(forTimeInterval: 0.01)
        left -= 1
      }
      #expect(left > 0, "sockets of the peer are left open")
    }
  }

  @Test(arguments: FaultCases.http, Setting.both)
  func clientsOfTheWeb(fault: FaultCase, setting: Setting) throws { try check(fault, setting) }

  @Test(arguments: FaultCases.flows, Setting.both)
  func clientsOfFlows(fault: FaultCase, setting: Setting) throws { try check(fault, setting) }

  @Test(arguments: FaultCases.servers, Setting.both)
  func servers(fault: FaultCase, setting: Setting) throws { try check(fault, setting) }

  /// All of that on bad days: bytes are lost, names are not found, operations fail by themselves.
  ///
  /// Programs may fail then; they end, with all of their tasks.
  @Test(arguments: FaultCases.http + FaultCases.flows + FaultCases.servers)
  func nothingHangsOnABadDay(fault: FaultCase) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let stage = Stage(.simulated(seed: seed, .chaos))
      let world = try #require(stage.world)
      let peer = try SimulatedPeer(in: world, fault.peer)
      // Nobody can know that an end was lost on its way: who waits for a peer does so for a while.
      let printed = try stage.run(
        stage.names(of: peer) + "task.timeout(600, function()\n" + fault.program + "\nend)"
      )
      #expect(!printed.contains("still running"), "seed \(seed): \(printed)")
      #expect(stage.machine.liveTaskCount == 0, "seed \(seed)")
      peer.end()
    }
  }

  /// The simulated network is cut between two hosts, and comes back or does not.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whoIsCutOffComesBackOrIsTold(seed: UInt64) throws {
    let stage = Stage(.simulated(seed: seed, .none))
    let world = try #require(stage.world)
    let peer = try SimulatedPeer(in: world, [[.echo]])
    let start = world.monotonicNanoseconds
    world.at(start + 50_000_000) { $0.partition("localhost", "peer") }
    let comesBack = seed % 2 == 0
    if comesBack {
      world.at(start + 2_000_000_000) { $0.partition("localhost", "peer", isCut: false) }
    }
    let printed = try stage.run(
      stage.names(of: peer) + """
        local conn = assert(net.connect(HOST, PORT))
        local lines, why = 0, nil
        for i = 1, 100 do
          local ok, message = conn:write("line ", i, "\\n")
          local line
          if ok then line, message = conn:read() end
          if line ~= "line " .. i then why = message or "ended" break end
          lines = lines + 1
          task.sleep(0.01)
        end
        conn:close()
        print(lines == 100, why)
        """
    )
    #expect(printed == (comesBack ? "true\tnil\n" : "false\tConnection timed out\n"))
    #expect(stage.isClean())
    peer.end()
  }

  /// A day of a thousand tasks that sleep half a minute to two minutes at a time.
  @Test func aDayWithAThousandSleepersTakesUnderTwoSeconds() throws {
    let stage = Stage(.simulated(seed: 1, .none))
    var printed = ""
    let time = try processorTime {
      printed = try stage.run(
        """
        local wakes, day = 0, 86400
        task.scope(function(s)
          for i = 1, 1000 do
            s:spawn(function()
              while task.now() < day do
                task.sleep(30 + 0.09 * i)
                wakes = wakes + 1
              end
            end)
          end
        end)
        print(wakes > 1000000, task.now() >= day)
        """
      )
    }
    #expect(printed == "true\ttrue\n")
    #expect(time < .seconds(2), "\(time)")
    print("tasks: 24 hours of a thousand sleepers in \(time)")
  }

  /// The process has as many descriptors after everything as before it.
  @Test func noDescriptorIsLeft() async {
    await #expect(processExitsWith: .success) {
      func pause(_ seconds: Double) { Thread.sleep(forTimeInterval: seconds) }
      func count() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
      }
      func runAll() {
        for fault in FaultCases.http + FaultCases.flows + FaultCases.servers {
          guard let peer = try? SocketPeer(fault.peer) else { exit(2) }
          let stage = Stage(.real)
          guard let printed = try? stage.run(stage.names(of: peer) + fault.program) else { exit(3) }
          if printed != fault.printed {
            print("'\(fault.testDescription)' prints \(printed)")
            exit(5)
          }
          if !stage.isClean() {
            print("'\(fault.testDescription)' leaves something open")
            exit(6)
          }
          peer.end()
        }
      }
      runAll()
      func settled(_ most: Int) -> Int {
        for _ in 0..<3_000 {
          if count() <= most { break }
          pause(0.01)
        }
        return count()
      }
      // What the first round opens for good, such as a folder of time zones, is not counted.
      pause(0.5)
      let before = count()
      runAll()
      exit(settled(before) <= before ? 0 : 4)
    }
  }
}
