// The operations of one machine in a simulated world. An operation is attempted some time after it was started;
// when it succeeds it has its effect and completes in the same event, and when it is cancelled before
// that it has had none.

internal import NightjarBase

/// The operations of one machine.
///
/// INVARIANT: whoever has them has the world's source as well, so the world outlives them; it knows them itself.
final class SimulatedOperations: Operations, @unchecked Sendable {
  unowned let host: SimulatedHost
  private let number: UInt64
  private unowned let world: SimulatedWorld
  private let resourceCountMax: Int
  private let sink: any OperationSink
  private var pending: [OperationID: OperationRequest] = [:]
  /// Operations that a resource has put into a queue.
  private var queued: [OperationID: SimulatedResource] = [:]
  private var resources: [ResourceID: SimulatedResource] = [:]
  private var lastOperation: UInt64 = 0
  private var lastResource: UInt64 = 0
  private var outbox: [Completion] = []
  private var hasEnded = false

  init(
    number: UInt64,
    on host: SimulatedHost,
    in world: SimulatedWorld,
    resourceCountMax: Int,
    sink: any OperationSink
  ) {
    self.number = number
    self.host = host
    self.world = world
    self.resourceCountMax = resourceCountMax
    self.sink = sink
  }

  var monotonicNanoseconds: UInt64 { world.monotonicNanoseconds }
  var openCount: Int { resources.count - (resources[.standardInput] == nil ? 0 : 1) }

  // MARK: Starting and ending

  func start(_ request: OperationRequest) throws(SystemError) -> OperationID {
    lastOperation += 1
    let id = OperationID(lastOperation)
    pending[id] = request
    if case .sleep(let time) = request {
      world.schedule(.timer(self, id), at: max(time, world.monotonicNanoseconds))
    } else {
      let delay = world.draw(world.faults.operationNanoseconds)
      world.schedule(.attempt(self, id), afterNanoseconds: delay)
    }
    return id
  }

  func cancel(_ id: OperationID) {
    guard pending[id] != nil else { return }
    queued[id]?.withdraw(id, of: self)
    completeLater(id, .cancelled)
  }

  func close(_ resource: ResourceID) {
    guard let open = resources.removeValue(forKey: resource) else { return }
    for (id, place) in queued.sorted(by: { $0.key < $1.key }) where place === open {
      open.withdraw(id, of: self)
      completeLater(id, .failed(.badDescriptor))
    }
    open.close()
    world.after(0) {}
  }

  /// Ends a connection at once, as a machine does that has crashed: both sides see a reset.
  func reset(_ resource: ResourceID) {
    (resources[resource] as? SimulatedEnd)?.incoming?.whenReset?(.connectionReset)
    close(resource)
  }

  func signal(_ number: Int32, to process: ResourceID) {
    (resources[process] as? SimulatedProcess)?.signal(number)
  }

  func end() {
    for id in pending.keys.sorted() { cancel(id) }
    for id in resources.keys.sorted(by: { $0.number < $1.number }) { close(id) }
    hasEnded = true
    host.machines.removeAll { $0 === self }
  }

  // MARK: Completing

  func complete(_ id: OperationID, _ outcome: OperationOutcome) {
    guard pending.removeValue(forKey: id) != nil else { return }
    queued[id] = nil
    if outbox.isEmpty { world.touch(self) }
    outbox.append(Completion(id, outcome))
  }

  /// Completes an operation from outside an event: outcomes are told in events only.
  private func completeLater(_ id: OperationID, _ outcome: OperationOutcome) {
    complete(id, outcome)
    world.after(0) {}
  }

  func deliver() {
    let completions = outbox
    outbox = []
    for completion in completions {
      world.trace(world.monotonicNanoseconds)
      world.trace(number << 32 ^ completion.id.number)
      world.trace(completion.outcome.traceWord)
    }
    sink.deliver(completions)
  }

  /// A timer has come.
  func fire(_ id: OperationID) { complete(id, .done) }

  /// Attempts an operation, unless it was cancelled.
  func attempt(_ id: OperationID) {
    guard let request = pending[id] else { return }
    let isFirst = queued.removeValue(forKey: id) == nil
    do throws(SystemError) {
      if hasEnded { throw .badDescriptor }
      if isFirst && world.happens(world.faults.operationFailure) { throw .simulated }
      if let outcome = try perform(id, request) { complete(id, outcome) }
    } catch { complete(id, .failed(error)) }
  }

  // MARK: Resources

  /// Counts something as open.
  func open(_ resource: SimulatedResource) throws(SystemError) -> ResourceID {
    if hasEnded { throw .badDescriptor }
    if openCount >= resourceCountMax { throw .tooManyOpen }
    lastResource += 1
    let id = ResourceID(lastResource)
    resources[id] = resource
    return id
  }

  private func resource(_ id: ResourceID) throws(SystemError) -> SimulatedResource {
    if let resource = resources[id] { return resource }
    guard id == .standardInput else { throw .badDescriptor }
    let resource = SimulatedEnd(incoming: world.input, outgoing: nil)
    resources[id] = resource
    return resource
  }

  // MARK: Operations

  private func perform(
    _ id: OperationID,
    _ request: OperationRequest
  ) throws(SystemError) -> OperationOutcome? {
    if let resourceID = request.resource {
      let resource = try resource(resourceID)
      let outcome = try resource.attempt(request, Flow.Waiting(machine: self, id: id))
      if outcome == nil { queued[id] = resource }
      return outcome
    }
    switch request {
    case .connect(let endpoint, _): try connect(id, to: endpoint)
    case .listen(let endpoint, let backlog): return try listen(at: endpoint, backlog)
    case .bind(let endpoint): return try bind(to: endpoint)
    case .resolve(let name): try resolve(id, name)
    case .spawn(let plan): return try spawn(plan)
    default: throw .invalidArgument
    }
    return nil
  }

  private func listen(
    at endpoint: Endpoint,
    _ backlog: Int
  ) throws(SystemError) -> OperationOutcome {
    guard world.find(endpoint.host, from: host) === host else { throw .addressNotAvailable }
    let port = endpoint.port == 0 ? host.freePort() : endpoint.port
    if host.listeners[port] != nil { throw .addressInUse }
    let listener = SimulatedListener(host, port, backlog: backlog)
    let id = try open(listener)
    host.listeners[port] = listener
    return .opened(id, local: Endpoint(host: host.address, port: port), peer: nil)
  }

  private func bind(to endpoint: Endpoint) throws(SystemError) -> OperationOutcome {
    guard world.find(endpoint.host, from: host) === host else { throw .addressNotAvailable }
    let port = endpoint.port == 0 ? host.freePort() : endpoint.port
    if host.datagrams[port] != nil { throw .addressInUse }
    let socket = SimulatedDatagrams(host, port, in: world)
    let id = try open(socket)
    host.datagrams[port] = socket
    return .opened(id, local: Endpoint(host: host.address, port: port), peer: nil)
  }

  private func resolve(_ id: OperationID, _ name: String) throws(SystemError) {
    let found = try look(name)
    world.after(world.draw(world.faults.latencyNanoseconds)) { [self] in
      complete(id, .addresses([found === host ? "127.0.0.1" : found.address]))
    }
  }

  private func look(_ name: String) throws(SystemError) -> SimulatedHost {
    if world.happens(world.faults.nameFailure) { throw .nameServerFailure }
    guard let found = world.find(name, from: host) else { throw .unknownName }
    return found
  }

  // MARK: Connecting

  /// Asks a host for a connection, again and again while the way there is cut.
  private func connect(_ id: OperationID, to endpoint: Endpoint) throws(SystemError) {
    try ask(id, look(endpoint.host), endpoint.port, attempt: 0)
  }

  private func ask(_ id: OperationID, _ target: SimulatedHost, _ port: UInt16, attempt: Int) {
    let faults = world.faults
    let latency = target === host ? 0 : world.draw(faults.latencyNanoseconds)
    let isLost = target !== host && (!world.reaches(host, target) || world.happens(faults.loss))
    if isLost {
      let retry: UInt64 = 1_000_000_000 << attempt
      world.after(retry) { [self] in
        guard pending[id] != nil else { return }
        if attempt == 6 {
          complete(id, .failed(.timedOut))
        } else {
          ask(id, target, port, attempt: attempt + 1)
        }
      }
      return
    }
    world.after(latency) { [self] in
      guard pending[id] != nil else { return }
      let own = Endpoint(host: host.address, port: host.freePort())
      let (near, far) = SimulatedEnd.pair(host, target, in: world)
      let isTaken = target.listeners[port]?.arrive(far, from: own) ?? false
      world.after(latency) { [self] in
        guard isTaken else { return complete(id, .failed(.connectionRefused)) }
        guard pending[id] != nil else { return near.close() }
        do throws(SystemError) {
          let peer = Endpoint(host: target.address, port: port)
          complete(id, .opened(try open(near), local: own, peer: peer))
        } catch {
          near.close()
          complete(id, .failed(error))
        }
      }
    }
  }

  // MARK: Processes

  private func spawn(_ plan: ProcessPlan) throws(SystemError) -> OperationOutcome {
    guard let name = plan.arguments.last(where: { _ in true }),
      let program = world.programs[String(decoding: name, as: UTF8.self)]
        ?? plan.arguments.first.flatMap({ world.programs[String(decoding: $0, as: UTF8.self)] })
    else { throw .noSuchFile }
    let streams = [plan.input, plan.output, plan.error]
    let count = 1 + streams.count { $0 == .pipe }
    if openCount + count > resourceCountMax { throw .tooManyOpen }
    func flow(_ stream: ProcessPlan.Stream) -> Flow? {
      stream == .pipe ? Flow(in: world) : nil
    }
    let (input, output, error) = (flow(plan.input), flow(plan.output), flow(plan.error))
    let process = SimulatedProcess(program, input, output, error, in: world)
    var spawned = SpawnedProcess(process: try open(process))
    if let input { spawned.input = try open(SimulatedEnd(incoming: nil, outgoing: input)) }
    if let output { spawned.output = try open(SimulatedEnd(incoming: output, outgoing: nil)) }
    if let error { spawned.error = try open(SimulatedEnd(incoming: error, outgoing: nil)) }
    process.run()
    return .spawned(spawned)
  }
}

extension SystemError {
  /// The address is that of another host.
  static let addressNotAvailable = SystemError(
    code: 99,
    message: "Cannot assign requested address"
  )
}

extension OperationOutcome {
  /// What a trace keeps of an outcome.
  var traceWord: UInt64 {
    func sum(_ bytes: [UInt8]) -> UInt64 {
      var sum = Checksum()
      sum.add(bytes[...])
      return sum.value
    }
    return switch self {
    case .done: 1
    case .bytes(let bytes): sum(bytes) ^ 2
    case .written(let count): UInt64(count) << 8 | 3
    case .opened(let id, let local, _): id.number << 32 | UInt64(local.port) << 8 | 4
    case .datagram(let bytes, _): sum(bytes) ^ 5
    case .addresses(let all): UInt64(all.count) << 8 | 6
    case .spawned(let all): all.process.number << 8 | 7
    case .ended(.exited(let code)): UInt64(UInt32(bitPattern: code)) << 8 | 8
    case .ended(.signaled(let code)): UInt64(UInt32(bitPattern: code)) << 8 | 9
    case .response(let response): sum(response.body) ^ UInt64(response.code)
    case .failed(let error): UInt64(UInt32(bitPattern: error.code)) << 8 | 10
    case .cancelled(let isInDoubt): isInDoubt ? 11 : 12
    }
  }
}
