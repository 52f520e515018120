// The operations and the open things of one machine, on the reactor's side.
//
// INVARIANT: but for the counter of open things, everything here happens on the reactor's thread.

internal import NightjarBase
internal import Synchronization

/// What one machine has under way and open.
final class OperationTable: @unchecked Sendable {
  /// Where an operation that has not completed waits.
  enum Place {
    case timer
    /// A name is being looked up for it.
    case lookup
    case channel(Channel)
  }

  unowned let reactor: Reactor
  let openCount = Atomic(0)
  private let sink: any OperationSink
  private let resourceCountMax: Int
  private var places: [OperationID: Place] = [:]
  private var resources: [ResourceID: Channel] = [:]
  private var lastResource: UInt64 = 0
  private var outbox: [Completion] = []
  private var hasEnded = false

  init(_ reactor: Reactor, resourceCountMax: Int, sink: any OperationSink) {
    self.reactor = reactor
    self.resourceCountMax = resourceCountMax
    self.sink = sink
  }

  // MARK: Outcomes

  /// Notes how an operation ended; it is delivered when the reactor has done what there is to do.
  func complete(_ id: OperationID, _ outcome: OperationOutcome) {
    places[id] = nil
    if outbox.isEmpty { reactor.touch(self) }
    outbox.append(Completion(id, outcome))
  }

  /// Delivers what was noted.
  func deliver() {
    let completions = outbox
    outbox = []
    sink.deliver(completions)
  }

  /// Whether an operation has not completed.
  func isPending(_ id: OperationID) -> Bool { places[id] != nil }

  // MARK: Resources

  /// Makes sure that one more thing may be open.
  func checkRoom(_ count: Int = 1) throws(SystemError) {
    if hasEnded { throw .badDescriptor }
    if resources.count + count > resourceCountMax { throw .tooManyOpen }
  }

  /// Counts a channel among what is open.
  func register(_ channel: Channel) throws(SystemError) -> ResourceID {
    try checkRoom()
    lastResource += 1
    let id = ResourceID(lastResource)
    resources[id] = channel
    openCount.add(1, ordering: .relaxed)
    return id
  }

  /// Watches a new channel and counts it.
  func open(_ channel: Channel) throws(SystemError) -> ResourceID {
    do throws(SystemError) {
      try reactor.watch(channel)
      return try register(channel)
    } catch {
      channel.close(.failed(error))
      throw error
    }
  }

  func close(_ id: ResourceID) {
    guard let channel = resources.removeValue(forKey: id) else { return }
    if id != .standardInput { openCount.subtract(1, ordering: .relaxed) }
    channel.close(.failed(.badDescriptor))
  }

  func signal(_ number: Int32, to id: ResourceID) {
    (resources[id] as? ProcessChannel)?.signal(number)
  }

  /// Ends everything.
  func end() {
    for id in places.keys.sorted() { cancel(id) }
    for id in resources.keys.sorted(by: { $0.number < $1.number }) { close(id) }
    hasEnded = true
  }

  private func channel(_ id: ResourceID) throws(SystemError) -> Channel {
    if let channel = resources[id] { return channel }
    guard id == .standardInput, !hasEnded else { throw .badDescriptor }
    let channel = try InputChannel(self)
    try reactor.watch(channel)
    resources[id] = channel
    return channel
  }

  // MARK: Operations

  func start(_ id: OperationID, _ request: OperationRequest) {
    do throws(SystemError) {
      if hasEnded { throw .badDescriptor }
      try begin(id, request)
    } catch { complete(id, .failed(error)) }
  }

  func cancel(_ id: OperationID) {
    guard let place = places[id] else { return }
    if case .channel(let channel) = place { channel.withdraw(id) }
    if case .timer = place { reactor.timerDied() }
    complete(id, .cancelled)
  }

  private func begin(_ id: OperationID, _ request: OperationRequest) throws(SystemError) {
    switch request {
    case .sleep(let time):
      places[id] = .timer
      reactor.wake(self, id, at: time)
    case .read, .write, .shutDown, .accept, .receive, .wait:
      guard let resource = request.resource else { throw .invalidArgument }
      queue(Channel.Waiting(id: id, request: request), on: try channel(resource))
    case .send(let resource, _, let endpoint):
      let channel = try channel(resource)
      find(id, endpoint) { [self] addresses throws(SystemError) in
        let own = SocketAddress.own(of: channel.descriptor)
        let usable = addresses.first { $0.endpoint.isNumeric(like: own) } ?? addresses.first
        queue(Channel.Waiting(id: id, request: request, target: usable), on: channel)
      }
    case .connect(let endpoint, let isEncrypted):
      try checkRoom()
      find(id, endpoint, isEncrypted: isEncrypted) { [self] addresses throws(SystemError) in
        let channel = OutgoingChannel(addresses, endpoint, isEncrypted: isEncrypted, self)
        do throws(SystemError) { try channel.begin() } catch {
          channel.closeNow()
          throw error
        }
        queue(Channel.Waiting(id: id, request: request), on: channel)
      }
    case .listen(let endpoint, let backlog):
      find(id, endpoint) { [self] addresses throws(SystemError) in
        complete(id, try listen(addresses, backlog))
      }
    case .bind(let endpoint):
      find(id, endpoint) { [self] addresses throws(SystemError) in
        complete(id, try bindDatagrams(addresses))
      }
    case .resolve(let name):
      find(id, Endpoint(host: name, port: 0)) { [self] addresses throws(SystemError) in
        complete(id, .addresses(addresses.map { $0.endpoint.host }))
      }
    case .spawn(let plan): complete(id, try spawn(plan))
    case .fetch: throw .invalidArgument
    }
  }

  private func queue(_ waiting: Channel.Waiting, on channel: Channel) {
    places[waiting.id] = .channel(channel)
    channel.add(waiting)
  }

  /// Looks a host up and goes on with its addresses, unless the operation was cancelled meanwhile.
  private func find(
    _ id: OperationID,
    _ endpoint: Endpoint,
    isEncrypted: Bool = false,
    _ body: @escaping ([SocketAddress]) throws(SystemError) -> Void
  ) {
    places[id] = .lookup
    reactor.find(endpoint, isEncrypted: isEncrypted) { [self] result in
      guard isPending(id) else { return }
      do throws(SystemError) { try body(try result.get()) } catch {
        complete(id, .failed(error))
      }
    }
  }
}

extension Endpoint {
  /// Whether this is a number of the kind that another one is.
  fileprivate func isNumeric(like other: Endpoint) -> Bool {
    host.utf8.contains(UInt8(ascii: ":")) == other.host.utf8.contains(UInt8(ascii: ":"))
  }
}
