// Operations behave the same in the real world and in the simulated one: each test here runs in both.

import NightjarBase
import NightjarSimulation
import NightjarSystem
import Testing

@Suite struct BothWorldsTests {
  @Test(arguments: World.bothAndRough)
  func whatIsSentComesBack(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let (near, far) = try client.connect(to: world.name(of: "server"), listener, of: server)
    let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var (came, back, written, echoed): ([UInt8], [UInt8], Int, Int) = ([], [], 0, 0)
    // All four directions at once, as neither side can hold everything.
    var write = try client.start(.write(near, sent, from: 0))
    var read = try server.start(.read(far, byteCountMax: 8_192))
    var echo: OperationID?
    var reply = try client.start(.read(near, byteCountMax: 8_192))
    while back.count < sent.count {
      if client.hasCompleted(write), written < sent.count {
        written += try client.finish(write).written
        if written < sent.count { write = try client.start(.write(near, sent, from: written)) }
      }
      if server.hasCompleted(read), came.count < sent.count {
        came += try server.finish(read).bytes
        if came.count < sent.count { read = try server.start(.read(far, byteCountMax: 8_192)) }
      }
      if let pending = echo, server.hasCompleted(pending) {
        echoed += try server.finish(pending).written
        echo = nil
      }
      if echo == nil, echoed < came.count {
        echo = try server.start(.write(far, came, from: echoed))
      }
      if client.hasCompleted(reply) {
        back += try client.finish(reply).bytes
        reply = try client.start(.read(near, byteCountMax: 8_192))
      }
      try client.nudge()
    }
    #expect(came == sent)
    #expect(back == sent)
    client.operations.close(near)
    server.operations.close(far)
    server.operations.close(listener.id)
    try server.wait { server.operations.openCount == 0 && client.operations.openCount == 0 }
    #expect(client.isConsistent && server.isConsistent)
  }

  @Test(arguments: World.both)
  func datagramsArrive(world: World) throws {
    let (one, other) = (world.machine(on: "one"), world.machine(on: "other"))
    let address = Endpoint(host: "127.0.0.1", port: 0)
    let (mine, local, _) = try one.run(.bind(address)).opened
    let (theirs, far, _) = try other.run(.bind(address)).opened
    let receive = try other.start(.receive(theirs, byteCountMax: 100))
    let target = Endpoint(host: world.name(of: "other"), port: far.port)
    #expect(try one.run(.send(mine, Array("hello".utf8), to: target)).written == 5)
    guard case .datagram(let bytes, let sender) = try other.finish(receive) else {
      Issue.record("no datagram")
      return
    }
    #expect(bytes == Array("hello".utf8) && sender.port == local.port)
    // The answer goes to where the question came from; what is too long is cut.
    #expect(try other.run(.send(theirs, Array("answer".utf8), to: sender)).written == 6)
    guard case .datagram(let answer, _) = try one.run(.receive(mine, byteCountMax: 3)) else {
      Issue.record("no answer")
      return
    }
    #expect(answer == Array("ans".utf8))
    one.operations.close(mine)
    other.operations.close(theirs)
  }

  @Test(arguments: World.bothAndRough)
  func oneDirectionEndsAlone(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let (near, far) = try client.connect(to: world.name(of: "server"), listener, of: server)
    try client.write(Array("question".utf8), to: near)
    _ = try client.run(.shutDown(near))
    var (atServer, atClient) = (ReadBuffer(), ReadBuffer())
    #expect(try server.read(.all(byteCountMax: 100), from: far, &atServer)?.count == 8)
    // The other direction is open: the answer to everything that was asked.
    try server.write(Array("answer\nmore".utf8), to: far)
    server.operations.close(far)
    let line = ReadWish.line(keepsEnd: false, byteCountMax: 100)
    #expect(try client.read(line, from: near, &atClient) == Array("answer".utf8))
    #expect(try client.read(line, from: near, &atClient) == Array("more".utf8))
    #expect(try client.read(line, from: near, &atClient) == nil)
    #expect(try client.run(.write(near, [1], from: 0)).error != nil)
    client.operations.end()
    server.operations.end()
  }

  @Test(arguments: World.both)
  func nobodyListens(world: World) throws {
    let client = world.machine(on: "client")
    let listener = try client.listen()
    client.operations.close(listener.id)
    try client.pause()
    let endpoint = Endpoint(host: "127.0.0.1", port: listener.port)
    let outcome = try client.run(.connect(endpoint, isEncrypted: false))
    #expect(outcome.error?.message == "Connection refused")
    let nowhere = Endpoint(host: "no.such.name.invalid", port: 1)
    #expect(try client.run(.connect(nowhere, isEncrypted: false)).error != nil)
    #expect(client.operations.openCount == 0)
  }

  @Test(arguments: World.both)
  func whoClosesWithBytesUnreadResets(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let (near, far) = try client.connect(to: world.name(of: "server"), listener, of: server)
    try client.write([1, 2, 3], to: near)
    #expect(try server.run(.read(far, byteCountMax: 1)).bytes == [1])
    server.operations.close(far)
    #expect(
      try client.run(.read(near, byteCountMax: 1)).error?.message == "Connection reset by peer"
    )
    client.operations.end()
    server.operations.end()
  }

  @Test(arguments: World.both)
  func aServerThatIsKilledHangsNobody(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let pairs = try (0..<20).map { _ in
      try client.connect(to: world.name(of: "server"), listener, of: server)
    }
    let reads = try pairs.map { try client.start(.read($0.near, byteCountMax: 10)) }
    let accept = try server.start(.accept(listener.id))
    if case .simulated(let world) = world { world.kill("server") } else { server.operations.end() }
    #expect(try server.finish(accept).isCancelled)
    for read in reads {
      switch try client.finish(read) {
      case .bytes(let bytes): #expect(bytes.isEmpty)
      case .failed(let error): #expect(error == .connectionReset)
      case let outcome: Issue.record("\(outcome)")
      }
    }
    let endpoint = Endpoint(host: world.name(of: "server"), port: listener.port)
    #expect(try client.run(.connect(endpoint, isEncrypted: false)).error == .connectionRefused)
    client.operations.end()
    try client.wait { client.operations.openCount == 0 && server.operations.openCount == 0 }
  }

  @Test(arguments: World.both)
  func whoReadsSlowlyIsWaitedFor(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let (near, far) = try client.connect(to: world.name(of: "server"), listener, of: server)
    let block = [UInt8](repeating: 7, count: 65_536)
    var sent = 0
    var write = try client.start(.write(near, block, from: 0))
    // Until nothing more goes in: then a write waits, and is cancelled without an effect.
    while true {
      try client.pause(milliseconds: 50)
      // What was only late is done after all; what waits has no effect.
      if !client.hasCompleted(write) { client.operations.cancel(write) }
      let outcome = try client.finish(write)
      if outcome.isCancelled { break }
      sent += try outcome.written
      write = try client.start(.write(near, block, from: 0))
    }
    #expect(world.isReal || sent > 0)
    _ = try client.run(.shutDown(near))
    var buffer = ReadBuffer()
    #expect(try server.read(.all(byteCountMax: .max), from: far, &buffer)?.count == sent)
    client.operations.end()
    server.operations.end()
  }

  @Test(arguments: World.both)
  func thousandsOfConnections(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen(backlog: 4_096)
    let count = 2_000
    let endpoint = Endpoint(host: world.name(of: "server"), port: listener.port)
    let connects = try (0..<count).map { _ in
      try client.start(.connect(endpoint, isEncrypted: false))
    }
    let accepts = try (0..<count).map { _ in try server.start(.accept(listener.id)) }
    let far = try accepts.map { try server.finish($0).opened.id }
    let near = try connects.map { try client.finish($0).opened.id }
    #expect(client.operations.openCount == count && server.operations.openCount == count + 1)
    let reads = try far.map { try server.start(.read($0, byteCountMax: 10)) }
    for (index, id) in near.enumerated() {
      _ = try client.start(.write(id, [UInt8(truncatingIfNeeded: index)], from: 0))
    }
    for read in reads { #expect(try server.finish(read).bytes.count == 1) }
    for id in near { client.operations.close(id) }
    server.operations.end()
    try client.wait { client.operations.openCount == 0 && server.operations.openCount == 0 }
  }

  @Test(arguments: World.both)
  func noMoreIsOpenThanMayBe(world: World) throws {
    let machine = world.machine(resourceCountMax: 2)
    let listener = try machine.listen()
    let endpoint = Endpoint(host: "127.0.0.1", port: listener.port)
    let first = try machine.run(.connect(endpoint, isEncrypted: false)).opened
    let other = try machine.run(.connect(endpoint, isEncrypted: false))
    #expect(other.error == .tooManyOpen)
    #expect(try machine.run(.accept(listener.id)).error == .tooManyOpen)
    machine.operations.close(first.id)
    try machine.wait { machine.operations.openCount == 1 }
    #expect(try machine.run(.accept(listener.id)).opened.id != first.id)
    machine.operations.end()
  }

  @Test(arguments: World.both)
  func whatIsClosedFails(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    let (near, _) = try client.connect(to: world.name(of: "server"), listener, of: server)
    let read = try client.start(.read(near, byteCountMax: 10))
    try client.pause()
    client.operations.close(near)
    #expect(try client.finish(read).error == .badDescriptor)
    #expect(try client.run(.read(near, byteCountMax: 1)).error == .badDescriptor)
    #expect(try client.run(.accept(ResourceID(99))).error == .badDescriptor)
    #expect(try client.run(.wait(ResourceID(99))).error == .badDescriptor)
    // What makes no sense says so.
    #expect(try server.run(.read(listener.id, byteCountMax: 1)).error == .invalidArgument)
    server.operations.end()
    #expect(try server.run(.accept(listener.id)).error == .badDescriptor)
  }

  @Test(arguments: World.both)
  func timersComeInTheirOrder(world: World) throws {
    let machine = world.machine()
    let start = machine.operations.monotonicNanoseconds
    // The third one would have to wait for an hour, so it is cancelled in time.
    let times: [UInt64] = [30, 10, 3_600_000, 0]
    let sleeps = try times.map { try machine.start(.sleep(until: start + $0 * 1_000_000)) }
    machine.operations.cancel(sleeps[2])
    #expect(try machine.finish(sleeps[2]).isCancelled)
    _ = try machine.finish(sleeps[1])
    #expect(machine.operations.monotonicNanoseconds >= start + 10_000_000)
    #expect(machine.hasCompleted(sleeps[3]))
    _ = try machine.finish(sleeps[0])
    #expect(machine.operations.monotonicNanoseconds >= start + 30_000_000)
    machine.operations.cancel(sleeps[0])
    try machine.pause()
    #expect(machine.isConsistent)
  }
}
