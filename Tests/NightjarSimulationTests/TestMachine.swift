// What the tests of both worlds share: a machine that starts operations and waits for them, by letting the
// simulated world step or by waiting for the real one. So one test body runs in both.

import Foundation
import NightjarBase
import NightjarSimulation
import NightjarSystem
import Testing

/// A world that a test runs in.
enum World: CustomTestStringConvertible, Sendable {
  case real(SystemSource)
  case simulated(SimulatedWorld)

  static var both: [World] {
    [.real(SystemSource()), .simulated(SimulatedWorld(seed: 7))]
  }

  /// The real world, and simulated ones in which flows come in pieces and with delays.
  static var bothAndRough: [World] {
    var faults = Faults()
    faults.partial = 0.7
    faults.loss = 0.05
    faults.latencyNanoseconds = 10_000...5_000_000
    return both + (1...4).map { .simulated(SimulatedWorld(seed: $0, faults: faults)) }
  }

  var testDescription: String {
    switch self {
    case .real: "real"
    case .simulated: "simulated"
    }
  }

  var isReal: Bool {
    if case .real = self { return true }
    return false
  }

  /// A machine on a host of the world; the real one has one host only.
  func machine(
    on host: String = "localhost",
    resourceCountMax: Int = 100_000,
    permissions: OperationPermissions = .all
  ) -> TestMachine {
    TestMachine(self, on: host, resourceCountMax, permissions)
  }

  /// What a machine on another host calls this one.
  func name(of host: String) -> String { isReal ? "127.0.0.1" : host }
}

/// A machine.
final class TestMachine: OperationSink, @unchecked Sendable {
  private let world: World
  private let condition = NSCondition()
  private var outcomes: [OperationID: OperationOutcome] = [:]
  private var toldTwice = false
  private(set) var operations: any Operations = Nobody()

  init(
    _ world: World,
    on host: String,
    _ resourceCountMax: Int,
    _ permissions: OperationPermissions
  ) {
    self.world = world
    let source: any OperationSource =
      switch world {
      case .real(let source): source
      case .simulated(let world): world.source(on: host)
      }
    operations = PermittedSource(source, permissions)
      .makeOperations(resourceCountMax: resourceCountMax, sink: Weak(self))
  }

  func deliver(_ completions: [Completion]) {
    condition.lock()
    for completion in completions {
      if outcomes.updateValue(completion.outcome, forKey: completion.id) != nil {
        toldTwice = true
      }
    }
    condition.broadcast()
    condition.unlock()
  }

  /// Whether no operation has completed twice.
  var isConsistent: Bool {
    condition.lock()
    defer { condition.unlock() }
    return !toldTwice
  }

  func start(_ request: OperationRequest) throws -> OperationID { try operations.start(request) }

  func hasCompleted(_ id: OperationID) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    return outcomes[id] != nil
  }

  /// Waits for an operation.
  func finish(_ id: OperationID) throws -> OperationOutcome {
    if case .simulated(let world) = world {
      while !hasCompleted(id) {
        if !world.step() { throw Hang() }
      }
      return outcomes[id] ?? .cancelled
    }
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: 20)
    while true {
      if let outcome = outcomes[id] { return outcome }
      if !condition.wait(until: end) { throw Hang() }
    }
  }

  func run(_ request: OperationRequest) throws -> OperationOutcome {
    try finish(start(request))
  }

  /// Lets a little time pass.
  func pause(milliseconds: UInt64 = 20) throws {
    let end = operations.monotonicNanoseconds + milliseconds * 1_000_000
    _ = try run(.sleep(until: end))
  }

  /// Lets something happen elsewhere.
  func nudge() throws {
    if case .simulated(let world) = world {
      if !world.step() { throw Hang() }
    } else {
      _ = try run(.sleep(until: 0))
    }
  }

  /// Waits until something is so.
  func wait(until isSo: () -> Bool) throws {
    for _ in 0..<3_000 {
      if isSo() { return }
      try pause(milliseconds: 10)
    }
    throw Hang()
  }
}

/// Nothing happens any more.
struct Hang: Error {}

/// An outcome was not the one that a test needs to go on.
struct Unexpected: Error { let outcome: OperationOutcome }

/// Operations keep their sinks, and machines their operations.
private final class Weak: OperationSink {
  private nonisolated(unsafe) weak var machine: TestMachine?
  init(_ machine: TestMachine) { self.machine = machine }
  func deliver(_ completions: [Completion]) { machine?.deliver(completions) }
}

private final class Nobody: Operations {
  var monotonicNanoseconds: UInt64 { 0 }
  var openCount: Int { 0 }
  func start(_ request: OperationRequest) throws(SystemError) -> OperationID {
    throw .badDescriptor
  }
  func cancel(_ id: OperationID) {}
  func close(_ resource: ResourceID) {}
  func signal(_ number: Int32, to process: ResourceID) {}
  func end() {}
}

extension OperationOutcome {
  var bytes: [UInt8] {
    get throws {
      guard case .bytes(let bytes) = self else { throw Unexpected(outcome: self) }
      return bytes
    }
  }

  var opened: (id: ResourceID, local: Endpoint, peer: Endpoint?) {
    get throws {
      guard case .opened(let id, let local, let peer) = self else {
        throw Unexpected(outcome: self)
      }
      return (id, local, peer)
    }
  }

  var written: Int {
    get throws {
      guard case .written(let count) = self else { throw Unexpected(outcome: self) }
      return count
    }
  }

  var error: SystemError? {
    if case .failed(let error) = self { return error }
    return nil
  }

  var isCancelled: Bool {
    if case .cancelled = self { return true }
    return false
  }
}

extension TestMachine {
  /// A listener and where it is.
  func listen(backlog: Int = 128) throws -> (id: ResourceID, port: UInt16) {
    let request = OperationRequest.listen(Endpoint(host: "127.0.0.1", port: 0), backlog: backlog)
    let listener = try run(request).opened
    return (listener.id, listener.local.port)
  }

  /// Connects to a listener of another machine.
  func connect(
    to host: String,
    _ listener: (id: ResourceID, port: UInt16),
    of server: TestMachine
  ) throws -> (near: ResourceID, far: ResourceID) {
    let endpoint = Endpoint(host: host, port: listener.port)
    let connect = try start(.connect(endpoint, isEncrypted: false))
    let accept = try server.start(.accept(listener.id))
    return (try finish(connect).opened.id, try server.finish(accept).opened.id)
  }

  /// Writes everything.
  func write(_ bytes: [UInt8], to resource: ResourceID) throws {
    var progress = WriteProgress(bytes)
    while !progress.isDone {
      let outcome = try run(progress.request(to: resource))
      if !progress.add(outcome) { throw Unexpected(outcome: outcome) }
    }
  }

  /// Reads what a wish is for.
  func read(
    _ wish: ReadWish,
    from resource: ResourceID,
    _ buffer: inout ReadBuffer
  ) throws -> [UInt8]? {
    while true {
      switch try buffer.take(wish) {
      case .bytes(let bytes): return bytes
      case .end: return nil
      case .needsMore(let count):
        buffer.add(try run(.read(resource, byteCountMax: count)))
      }
    }
  }
}
