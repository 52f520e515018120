// Cancelling: an operation either has its outcome or has not happened, wherever the cancel falls, and no byte
// is lost or read twice.

import NightjarBase
import NightjarSimulation
import NightjarSystem
import Testing

@Suite struct CancelTests {
  @Test(arguments: World.both)
  func everyKindCanBeCancelled(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    if case .simulated(let world) = world {
      world.programs["sleep 100"] = SimulatedProgram([.hang])
    }
    let listener = try server.listen()
    let (near, _) = try client.connect(to: world.name(of: "server"), listener, of: server)
    let socket = try client.run(.bind(Endpoint(host: "127.0.0.1", port: 0))).opened.id
    let plan = ProcessPlan(shell: Array("sleep 100".utf8))
    guard case .spawned(let spawned) = try client.run(.spawn(plan)), let output = spawned.output
    else {
      Issue.record("no process")
      return
    }
    let waits: [(TestMachine, OperationRequest)] = [
      (server, .accept(listener.id)), (client, .read(near, byteCountMax: 10)),
      (client, .receive(socket, byteCountMax: 10)), (client, .wait(spawned.process)),
      (client, .read(output, byteCountMax: 10)), (client, .sleep(until: .max)),
    ]
    for isAtOnce in [true, false] {
      for (machine, request) in waits {
        let id = try machine.start(request)
        if !isAtOnce { try machine.pause(milliseconds: 5) }
        machine.operations.cancel(id)
        machine.operations.cancel(id)
        #expect(try machine.finish(id).isCancelled, "\(request.name)")
      }
    }
    // What is decided soon may win, and leaves nothing open when it does not.
    let endpoint = Endpoint(host: world.name(of: "server"), port: listener.port)
    let rest = client.operations.openCount
    for step in 0..<50 {
      let id = try client.start(.connect(endpoint, isEncrypted: false))
      if step % 2 == 1 { try client.pause(milliseconds: UInt64(step) / 20) }
      client.operations.cancel(id)
      switch try client.finish(id) {
      case .opened(let resource, _, _): client.operations.close(resource)
      case let outcome: #expect(outcome.isCancelled)
      }
    }
    try client.wait { client.operations.openCount == rest }
    let lookup = try client.start(.resolve("localhost"))
    client.operations.cancel(lookup)
    let found = try client.finish(lookup)
    if case .addresses(let all) = found {
      #expect(!all.isEmpty)
    } else {
      #expect(found.isCancelled)
    }
    client.operations.end()
    server.operations.end()
    try client.wait { client.operations.openCount == 0 && server.operations.openCount == 0 }
    #expect(client.isConsistent && server.isConsistent)
  }

  @Test(arguments: World.bothAndRough)
  func noByteIsLostInRandomFramings(world: World) throws {
    let (server, client) = (world.machine(on: "server"), world.machine(on: "client"))
    let listener = try server.listen()
    var random = Xoshiro256(2_024, 6)
    var cancelCount = 0
    for framing in 0..<(world.isReal ? 100 : 300) {
      let (near, far) = try client.connect(to: world.name(of: "server"), listener, of: server)
      // Lines and blocks with their lengths before them, in random order and of random lengths.
      var frames: [[UInt8]] = []
      var sent: [UInt8] = []
      for _ in 0..<random.nextInteger(from: 1, through: 20) {
        let length = Int(random.nextInteger(from: 0, through: 3_000))
        let frame = (0..<length).map { _ in UInt8(random.nextInteger(from: 32, through: 126)) }
        frames.append(frame)
        let isLine = random.nextInteger(from: 0, through: 1) == 0
        sent += Array((isLine ? "L" : "B\(length)\n").utf8) + frame + (isLine ? [0x0A] : [])
      }
      var progress = WriteProgress(sent)
      var buffer = ReadBuffer()
      var came: [[UInt8]] = []
      var wish = ReadWish.exactly(1)
      var write: OperationID?
      var read: OperationID?
      while came.count < frames.count {
        if write == nil, !progress.isDone { write = try client.start(progress.request(to: near)) }
        if let id = write {
          if random.nextInteger(from: 0, through: 3) == 0 {
            client.operations.cancel(id)
            cancelCount += 1
            _ = progress.add(try client.finish(id))
            write = nil
          } else if client.hasCompleted(id) {
            _ = progress.add(try client.finish(id))
            write = nil
          }
        }
        if let id = read {
          // A reader that is cancelled, and one that is waited for, put what came into the buffer.
          let isCancelled = random.nextInteger(from: 0, through: 2) == 0
          if isCancelled {
            server.operations.cancel(id)
            cancelCount += 1
          }
          guard isCancelled || server.hasCompleted(id) else {
            try server.nudge()
            continue
          }
          buffer.add(try server.finish(id))
          read = nil
        }
        switch try buffer.take(wish) {
        case .needsMore(let count):
          // Asking again for the same must change nothing.
          #expect(try buffer.take(wish) == .needsMore(count))
          read = try server.start(.read(far, byteCountMax: min(count, 700)))
        case .end: throw Hang()
        case .bytes(let bytes):
          switch wish {
          case .exactly(1) where bytes == [UInt8(ascii: "L")]:
            wish = .line(keepsEnd: false, byteCountMax: 5_000)
          case .exactly(1) where bytes == [UInt8(ascii: "B")]:
            wish = .line(keepsEnd: true, byteCountMax: 10)
          case .line(keepsEnd: true, _):
            let length = Int(String(decoding: bytes.dropLast(), as: UTF8.self)) ?? -1
            wish = .upTo(length)
            if length == 0 {
              came.append([])
              wish = .exactly(1)
            }
          default:
            came.append(bytes)
            wish = .exactly(1)
          }
        }
      }
      #expect(came == frames, "framing \(framing)")
      #expect(buffer.count == 0 && progress.isDone)
      client.operations.close(near)
      server.operations.close(far)
    }
    #expect(cancelCount > 100)
    client.operations.end()
    server.operations.end()
    #expect(client.isConsistent && server.isConsistent)
  }
}
