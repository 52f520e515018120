// What only the simulated world can do: the same run for the same seed, disasters on request, long times in
// no time.

import NightjarBase
import NightjarSimulation
import Testing

@Suite struct SimulationTests {
  /// Some traffic in a world where much goes wrong.
  private func traffic(seed: UInt64) throws -> (hash: UInt64, eventCount: Int) {
    let world = SimulatedWorld(seed: seed, faults: .chaos)
    let (server, client) = (
      World.simulated(world).machine(on: "server"), World.simulated(world).machine(on: "client")
    )
    let address = Endpoint(host: "0.0.0.0", port: 80)
    while try server.run(.listen(address, backlog: 10)).error != nil {}
    let listener = ResourceID(1)
    for round in 0..<20 {
      let connect = try client.start(
        .connect(Endpoint(host: "server", port: 80), isEncrypted: false)
      )
      let accept = try server.start(.accept(listener))
      guard case .opened(let near, _, _) = try client.finish(connect) else {
        server.operations.cancel(accept)
        _ = try server.finish(accept)
        continue
      }
      var progress = WriteProgress([UInt8](repeating: UInt8(round), count: 5_000))
      while !progress.isDone, progress.add(try client.run(progress.request(to: near))) {}
      client.operations.close(near)
      guard case .opened(let far, _, _) = try server.finish(accept) else { continue }
      while case .bytes(let bytes) = try server.run(.read(far, byteCountMax: 999)), !bytes.isEmpty {
      }
      server.operations.close(far)
    }
    client.operations.end()
    server.operations.end()
    while world.step() {}
    #expect(client.isConsistent && server.isConsistent)
    #expect(client.operations.openCount == 0 && server.operations.openCount == 0)
    return (world.traceHash, world.eventCount)
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    var hashes: Set<UInt64> = []
    for seed in 1...50 as ClosedRange<UInt64> {
      let (first, second) = (try traffic(seed: seed), try traffic(seed: seed))
      #expect(first == second, "seed \(seed)")
      hashes.insert(first.hash)
    }
    #expect(hashes.count == 50)
  }

  /// A sink that starts the next timer in place of each that has come.
  private final class Ticker: OperationSink, @unchecked Sendable {
    var operations: (any Operations)?
    var periods: [OperationID: UInt64] = [:]
    var count = 0

    func start(_ period: UInt64) {
      guard let operations else { return }
      let time = operations.monotonicNanoseconds + period
      if let id = try? operations.start(.sleep(until: time)) { periods[id] = period }
    }

    func deliver(_ completions: [Completion]) {
      for completion in completions {
        count += 1
        if let period = periods.removeValue(forKey: completion.id) { start(period) }
      }
    }
  }

  @Test func aDayWithAThousandTimersIsSkippedThrough() throws {
    let world = SimulatedWorld(seed: 1)
    let ticker = Ticker()
    ticker.operations = world.makeOperations(resourceCountMax: 1, sink: ticker)
    // From half a minute to about two minutes: more than a million in a day.
    for index in 0..<1_000 as Range<UInt64> { ticker.start((30_000 + 90 * index) * 1_000_000) }
    let day: UInt64 = 86_400_000_000_000
    world.advance(to: day)
    #expect(ticker.count > 1_000_000)
    #expect(world.monotonicNanoseconds == day)
    ticker.operations?.end()
    ticker.operations = nil
  }

  @Test func hostsThatAreCutOffComeBackOrTimeOut() throws {
    let world = SimulatedWorld(seed: 3)
    let (a, b) = (
      World.simulated(world).machine(on: "a"), World.simulated(world).machine(on: "b")
    )
    let listener = try b.listen()
    let (near, far) = try a.connect(to: "b", listener, of: b)
    world.partition("a", "b")
    let start = world.monotonicNanoseconds
    world.at(start + 3_000_000_000) { $0.partition("a", "b", isCut: false) }
    _ = try a.run(.write(near, [1], from: 0))
    #expect(try b.run(.read(far, byteCountMax: 1)).bytes == [1])
    #expect(world.monotonicNanoseconds > start + 3_000_000_000)
    world.partition("a", "b")
    _ = try a.run(.write(near, [2], from: 0))
    #expect(try b.run(.read(far, byteCountMax: 1)).error == .timedOut)
    let endpoint = Endpoint(host: "b", port: listener.port)
    #expect(try a.run(.connect(endpoint, isEncrypted: false)).error == .timedOut)
    a.operations.end()
    b.operations.end()
  }

  @Test func datagramsVanishDoubleAndOvertake() throws {
    var faults = Faults()
    faults.loss = 0.2
    faults.duplication = 0.2
    faults.reordering = 0.2
    let world = SimulatedWorld(seed: 4, faults: faults)
    let (a, b) = (
      World.simulated(world).machine(on: "a"), World.simulated(world).machine(on: "b")
    )
    let (mine, _, _) = try a.run(.bind(Endpoint(host: "0.0.0.0", port: 0))).opened
    let (theirs, _, _) = try b.run(.bind(Endpoint(host: "0.0.0.0", port: 9))).opened
    for number in 0..<200 as Range<UInt8> {
      _ = try a.run(.send(mine, [number], to: Endpoint(host: "b", port: 9)))
    }
    var came: [UInt8] = []
    while true {
      let receive = try b.start(.receive(theirs, byteCountMax: 1))
      let end = try b.start(.sleep(until: world.monotonicNanoseconds + 1_000_000_000))
      while !b.hasCompleted(receive), !b.hasCompleted(end) { world.step() }
      guard b.hasCompleted(receive), case .datagram(let bytes, _) = try b.finish(receive) else {
        break
      }
      came += bytes
    }
    let different = Set(came)
    #expect((120...190).contains(different.count))
    #expect(came.count > different.count)
    #expect(came != came.sorted())
    a.operations.end()
    b.operations.end()
  }

  @Test func flowsAreAsSlowAsTheirHosts() throws {
    let world = SimulatedWorld(seed: 5)
    let (a, b) = (
      World.simulated(world).machine(on: "a"), World.simulated(world).machine(on: "b")
    )
    world.slow("b", bytesPerSecond: 1_000)
    let listener = try b.listen()
    let (near, far) = try a.connect(to: "b", listener, of: b)
    let start = world.monotonicNanoseconds
    try a.write([UInt8](repeating: 0, count: 10_000), to: near)
    a.operations.close(near)
    var buffer = ReadBuffer()
    _ = try b.read(.all(byteCountMax: .max), from: far, &buffer)
    let seconds = Double(world.monotonicNanoseconds - start) / 1e9
    #expect((10...11).contains(seconds))
    b.operations.end()
  }

  @Test func inputIsTyped() throws {
    let world = SimulatedWorld(seed: 6)
    world.type("first\nsec", at: 1_000_000_000)
    world.type("ond\nlast", at: 2_000_000_000)
    world.endInput(at: 3_000_000_000)
    let machine = World.simulated(world).machine()
    var buffer = ReadBuffer()
    let line = ReadWish.line(keepsEnd: false, byteCountMax: 100)
    var lines: [String] = []
    while let bytes = try machine.read(line, from: .standardInput, &buffer) {
      lines.append(String(decoding: bytes, as: UTF8.self))
    }
    #expect(lines == ["first", "second", "last"])
    #expect(world.monotonicNanoseconds >= 3_000_000_000)
    machine.operations.end()
  }

  @Test func theTimeOfDayJumpsAndTheSteadyClockDoesNot() {
    let world = SimulatedWorld(seed: 8)
    let before = world.clock.now()
    world.jumpClock(bySeconds: -100)
    #expect(world.clock.now().seconds == before.seconds - 100)
    #expect(world.clock.monotonicNanoseconds() == 0)
    world.faults.clockJump = 1
    #expect(Set((0..<20).map { _ in world.clock.now().seconds }).count > 10)
  }

  @Test func operationsAndNamesFailOnRequest() throws {
    var faults = Faults()
    faults.operationFailure = 1
    let world = SimulatedWorld(seed: 9, faults: faults)
    let machine = World.simulated(world).machine()
    #expect(try machine.run(.resolve("localhost")).error == .simulated)
    world.faults = .none
    world.faults.nameFailure = 1
    #expect(try machine.run(.resolve("localhost")).error == .nameServerFailure)
    machine.operations.end()
  }
}
