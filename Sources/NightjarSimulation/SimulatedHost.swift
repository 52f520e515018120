// A host of the simulated network: its ports and what listens there.

internal import NightjarBase

/// A host.
///
/// INVARIANT: a world owns its hosts, and a host what listens on it and the machines that run on it; none of
/// these owns what is above it.
final class SimulatedHost {
  let name: String
  let address: String
  var listeners: [UInt16: SimulatedListener] = [:]
  var datagrams: [UInt16: SimulatedDatagrams] = [:]
  var machines: [SimulatedOperations] = []
  /// How much arrives here in a second at most.
  var bytesPerSecond: UInt64?
  private unowned let world: SimulatedWorld
  private var lastPort: UInt16 = 49_151

  init(name: String, address: String, in world: SimulatedWorld) {
    self.name = name
    self.address = address
    self.world = world
  }

  /// A port that nothing uses.
  func freePort() -> UInt16 {
    repeat {
      lastPort = lastPort == .max ? 49_152 : lastPort + 1
    } while listeners[lastPort] != nil || datagrams[lastPort] != nil
    return lastPort
  }
}

/// What operations work on.
class SimulatedResource {
  /// Attempts an operation.
  ///
  /// - Returns: How it ended; nil when it would wait, for which it has been queued.
  func attempt(
    _ request: OperationRequest,
    _ waiting: Flow.Waiting
  ) throws(SystemError) -> OperationOutcome? {
    throw .invalidArgument
  }

  /// An operation is cancelled while it waits.
  func withdraw(_ id: OperationID, of machine: SimulatedOperations) {}

  /// Lets go of it.
  func close() {}
}

/// One end of a connection or a pipe.
final class SimulatedEnd: SimulatedResource {
  let incoming: Flow?
  let outgoing: Flow?

  init(incoming: Flow?, outgoing: Flow?) {
    self.incoming = incoming
    self.outgoing = outgoing
  }

  override func attempt(
    _ request: OperationRequest,
    _ waiting: Flow.Waiting
  ) throws(SystemError) -> OperationOutcome? {
    switch request {
    case .read(_, let byteCountMax):
      guard let incoming else { throw .badDescriptor }
      if let bytes = try incoming.read(byteCountMax) { return .bytes(bytes) }
      incoming.wait(toRead: waiting)
    case .write(_, let bytes, let start):
      guard let outgoing else { throw .badDescriptor }
      if let count = try outgoing.write(bytes.dropFirst(start)) { return .written(count) }
      outgoing.wait(toWrite: waiting)
    case .shutDown:
      guard let outgoing else { throw .badDescriptor }
      if let failure = outgoing.failure { throw failure }
      outgoing.end()
      return .done
    default: throw .invalidArgument
    }
    return nil
  }

  override func withdraw(_ id: OperationID, of machine: SimulatedOperations) {
    incoming?.withdraw(id, of: machine)
    outgoing?.withdraw(id, of: machine)
  }

  override func close() {
    // Whoever closes without having read everything has not understood the other.
    if let incoming, incoming.unreadCount > 0 { incoming.whenRefused?() }
    incoming?.abandon()
    outgoing?.end()
  }

  /// Two ends of a connection.
  static func pair(
    _ one: SimulatedHost,
    _ other: SimulatedHost,
    in world: SimulatedWorld
  ) -> (SimulatedEnd, SimulatedEnd) {
    let there = Flow(in: world, from: one, to: other)
    let back = Flow(in: world, from: other, to: one)
    for (flow, opposite) in [(there, back), (back, there)] {
      // INVARIANT: a failure empties both flows, which ends this cycle's use; `forget` ends the cycle.
      flow.whenReset = { [unowned flow, weak opposite] error in
        flow.fail(error)
        opposite?.fail(error)
      }
      flow.whenRefused = { [unowned flow, weak opposite] in
        flow.fail(.connectionReset)
        opposite?.fail(.connectionReset)
      }
    }
    return (
      SimulatedEnd(incoming: back, outgoing: there), SimulatedEnd(incoming: there, outgoing: back)
    )
  }
}

/// Connections that others make.
final class SimulatedListener: SimulatedResource {
  private struct Arrival {
    let end: SimulatedEnd
    let peer: Endpoint
  }

  private unowned let host: SimulatedHost
  private let port: UInt16
  private let backlog: Int
  private var arrivals: [Arrival] = []
  private var waiting: [Flow.Waiting] = []

  init(_ host: SimulatedHost, _ port: UInt16, backlog: Int) {
    self.host = host
    self.port = port
    self.backlog = max(backlog, 1)
  }

  /// A connection has come; false when there is no room for it.
  func arrive(_ end: SimulatedEnd, from peer: Endpoint) -> Bool {
    if arrivals.count >= backlog { return false }
    arrivals.append(Arrival(end: end, peer: peer))
    if let first = waiting.first {
      waiting.removeFirst()
      first.machine?.attempt(first.id)
    }
    return true
  }

  override func attempt(
    _ request: OperationRequest,
    _ waiting: Flow.Waiting
  ) throws(SystemError) -> OperationOutcome? {
    guard case .accept = request else { throw .invalidArgument }
    guard let arrival = arrivals.first else {
      self.waiting.append(waiting)
      return nil
    }
    guard let machine = waiting.machine else { return nil }
    let id = try machine.open(arrival.end)
    arrivals.removeFirst()
    return .opened(id, local: Endpoint(host: host.address, port: port), peer: arrival.peer)
  }

  override func withdraw(_ id: OperationID, of machine: SimulatedOperations) {
    waiting.removeAll { $0.id == id && $0.machine === machine }
  }

  override func close() {
    host.listeners[port] = nil
    for arrival in arrivals { arrival.end.incoming?.whenRefused?() }
    arrivals = []
  }
}

/// A socket for datagrams.
final class SimulatedDatagrams: SimulatedResource {
  private unowned let host: SimulatedHost
  private let port: UInt16
  private unowned let world: SimulatedWorld
  private var arrived: [(bytes: [UInt8], sender: Endpoint)] = []
  private var waiting: [Flow.Waiting] = []

  /// How many datagrams wait before further ones are dropped.
  private static let arrivedCountMax = 256

  init(_ host: SimulatedHost, _ port: UInt16, in world: SimulatedWorld) {
    self.host = host
    self.port = port
    self.world = world
  }

  override func attempt(
    _ request: OperationRequest,
    _ waiting: Flow.Waiting
  ) throws(SystemError) -> OperationOutcome? {
    switch request {
    case .receive(_, let byteCountMax):
      guard !arrived.isEmpty else {
        self.waiting.append(waiting)
        return nil
      }
      let (bytes, sender) = arrived.removeFirst()
      return .datagram(Array(bytes.prefix(byteCountMax)), from: sender)
    case .send(_, let bytes, let endpoint):
      guard let target = world.find(endpoint.host, from: host) else { throw .unknownName }
      if bytes.count > 65_507 { throw SystemError(code: 90, message: "Message too long") }
      send(bytes, to: target, endpoint.port)
      return .written(bytes.count)
    default: throw .invalidArgument
    }
  }

  private func send(_ bytes: [UInt8], to target: SimulatedHost, _ port: UInt16) {
    let faults = world.faults
    let isFar = target !== host
    let copyCount = isFar && world.happens(faults.duplication) ? 2 : 1
    let sender = Endpoint(host: host.address, port: self.port)
    for _ in 0..<copyCount {
      if isFar && (world.happens(faults.loss) || !world.reaches(host, target)) { continue }
      var delay = isFar ? world.draw(faults.latencyNanoseconds) : 0
      if isFar && world.happens(faults.reordering) { delay += 10 * delay }
      world.after(delay) { target.datagrams[port]?.arrive(bytes, from: sender) }
    }
  }

  private func arrive(_ bytes: [UInt8], from sender: Endpoint) {
    if arrived.count >= Self.arrivedCountMax { return }
    arrived.append((bytes, sender))
    if let first = waiting.first {
      waiting.removeFirst()
      first.machine?.attempt(first.id)
    }
  }

  override func withdraw(_ id: OperationID, of machine: SimulatedOperations) {
    waiting.removeAll { $0.id == id && $0.machine === machine }
  }

  override func close() { host.datagrams[port] = nil }
}
