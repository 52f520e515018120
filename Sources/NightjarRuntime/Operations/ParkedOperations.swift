// What tasks wait for in the world, between the scheduler and the operations of the machine. Outcomes come into
// an inbox from any thread and are given to tasks between two quanta, in their order. What comes for a task
// that has been dropped is not lost: bytes go to whoever reads there next, and what was opened is closed.

package import NightjarBase
package import NightjarEngine
internal import Synchronization

/// What a native asks for: a request of the world, or the next request that a client makes of a server.
final class ParkedRequest: NamedRequest {
  enum Kind {
    case operation(OperationRequest)
    case message(ResourceID, bodyByteCountMax: Int)
  }

  let kind: Kind
  init(_ kind: Kind) { self.kind = kind }

  var requestName: String {
    guard case .operation(let request) = kind else { return "read of an HTTP message" }
    switch request {
    case .connect(let endpoint, _): return "connect to \(endpoint)"
    case .resolve(let name): return "lookup of \(name)"
    case .fetch(let request, _): return "HTTP request to \(request.address.authority)"
    case .read(.standardInput, _): return "read from standard input"
    case .wait: return "wait for a process"
    default: return request.name
    }
  }
}

/// Something open in the hands of a script; closed with the last who can reach it.
final class ParkedResource {
  let id: ResourceID
  private let operations: (any Operations)?

  /// Standard input, which is open from the start.
  static var standardInput: ParkedResource { ParkedResource(.standardInput, nil) }

  init(_ id: ResourceID, _ operations: (any Operations)?) {
    self.id = id
    self.operations = operations
  }

  deinit { close() }

  func close() { operations?.close(id) }
  func signal(_ number: Int32) { operations?.signal(number, to: id) }
}

/// Performs what tasks wait for with the operations of a world.
package final class ParkedOperations: HostOperations {
  private final class Inbox: OperationSink {
    private let completions = Mutex<[Completion]>([])
    private let whenFilled: @Sendable () -> Void

    init(_ whenFilled: @escaping @Sendable () -> Void) { self.whenFilled = whenFilled }

    func deliver(_ new: [Completion]) {
      let isFirst = completions.withLock { completions in
        defer { completions += new }
        return completions.isEmpty
      }
      if isFirst { whenFilled() }
    }

    func take() -> [Completion] {
      completions.withLock { completions in
        defer { completions = [] }
        return completions
      }
    }
  }

  private struct Pending {
    let task: TaskHandle
    let request: ParkedRequest
    let name: String
    let resource: ResourceID?
  }

  /// What a server has read of a connection.
  private struct Conversation {
    var parser: HTTPMessageParser
    var buffer = ReadBuffer()
  }

  private let source: any OperationSource
  private let resourceCountMax: Int
  /// Made for the first request, so that a program that asks for nothing has no thread that waits.
  private var made: (any Operations)?
  /// Standard input where it is the host's and no descriptor: reading it does not wait.
  package var input: BufferedFile?
  private let inbox: Inbox
  private let simulation: (any SimulatedTime)?
  private let startMoment: UInt64
  private var pending: [OperationID: Pending] = [:]
  /// What each task waits for.
  private var tasks: [UInt32: OperationID] = [:]
  /// Bytes that came for a task that was gone.
  private var returned: [ResourceID: [UInt8]] = [:]
  private var conversations: [ResourceID: Conversation] = [:]

  /// Operations of a source for one machine.
  ///
  /// - Parameters:
  ///   - source: What the machine may do of the world.
  ///   - resourceCountMax: How much may be open.
  ///   - simulation: The world whose time passes with the scheduler's clock, if it is one.
  ///   - whenFilled: Called from any thread when outcomes wait to be taken.
  package init(
    _ source: any OperationSource,
    resourceCountMax: Int,
    simulation: (any SimulatedTime)? = nil,
    whenFilled: @escaping @Sendable () -> Void = {}
  ) {
    inbox = Inbox(whenFilled)
    self.simulation = simulation
    startMoment = simulation?.monotonicNanoseconds ?? 0
    self.source = source
    self.resourceCountMax = resourceCountMax
  }

  deinit { made?.end() }

  /// The operations of the machine.
  var operations: any Operations {
    if let made { return made }
    let made = source.makeOperations(resourceCountMax: resourceCountMax, sink: inbox)
    self.made = made
    return made
  }

  package var pendingCount: Int { pending.count }

  /// How much is open.
  package var openCount: Int { made?.openCount ?? 0 }

  package var nextMoment: UInt64? { simulation?.nextEventTime.map { $0 - min($0, startMoment) } }

  // MARK: Beginning

  package func begin(_ task: TaskHandle, _ request: Value, _ scheduler: TaskScheduler) {
    guard let parked = scheduler.machine.hostObject(request) as? ParkedRequest else {
      let text = "nothing here answers what the function waits for"
      let message = scheduler.machine.string(Array(text.utf8))
      return scheduler.answer(task, succeeded: false, [message])
    }
    switch parked.kind {
    case .operation(.read(let resource, let byteCountMax)):
      if let bytes = returned.removeValue(forKey: resource) {
        let outcome = OperationOutcome.bytes(Array(bytes.prefix(byteCountMax)))
        let rest = bytes.dropFirst(byteCountMax)
        if !rest.isEmpty { returned[resource] = Array(rest) }
        return answer(task, outcome, scheduler)
      }
      if resource == .standardInput, let input {
        return answer(task, read(input), scheduler)
      }
      start(.read(resource, byteCountMax: byteCountMax), parked, task, scheduler)
    case .operation(let request): start(request, parked, task, scheduler)
    case .message(let resource, let byteCountMax):
      if conversations[resource] == nil {
        conversations[resource] = Conversation(
          parser: HTTPMessageParser(.request, bodyByteCountMax: byteCountMax)
        )
      }
      converse(resource, parked, task, scheduler)
    }
  }

  /// A line of an input that does not wait; readers keep what they were not asked for.
  private func read(_ input: BufferedFile) -> OperationOutcome {
    do throws(SystemError) { return .bytes(try input.nextLine()) } catch { return .failed(error) }
  }

  private func start(
    _ request: OperationRequest,
    _ parked: ParkedRequest,
    _ task: TaskHandle,
    _ scheduler: TaskScheduler
  ) {
    do throws(SystemError) {
      let id = try operations.start(request)
      tasks[task.id] = id
      pending[id] = Pending(
        task: task,
        request: parked,
        name: request.name,
        resource: request.resource
      )
    } catch { answer(task, .failed(error), scheduler) }
  }

  package func cancel(_ id: UInt32, _ scheduler: TaskScheduler) {
    if let operation = tasks[id] { made?.cancel(operation) }
  }

  package func insight(of task: UInt32) -> HostInsight? {
    tasks[task].flatMap { pending[$0] }.map { HostInsight(name: $0.name) }
  }

  // MARK: Ending

  package func poll(_ scheduler: TaskScheduler) {
    simulation?.advance(to: startMoment.saturatingSum(scheduler.clock.now()))
    for completion in inbox.take() { complete(completion, scheduler) }
  }

  private func complete(_ completion: Completion, _ scheduler: TaskScheduler) {
    guard let pending = pending.removeValue(forKey: completion.id) else { return }
    // Whoever was given up may wait for something else by now.
    if tasks[pending.task.id] == completion.id { tasks[pending.task.id] = nil }
    if case .message(let resource, _) = pending.request.kind {
      // A cancelled read has read nothing; what has come stays with the conversation.
      conversations[resource]?.buffer.add(completion.outcome)
      if case .cancelled = completion.outcome {
        return answer(pending.task, completion.outcome, scheduler, pending.name)
      }
      if scheduler.machine.awaitsHost(pending.task) {
        return converse(resource, pending.request, pending.task, scheduler)
      }
    }
    if !scheduler.machine.awaitsHost(pending.task) {
      if case .bytes(let bytes) = completion.outcome, let resource = pending.resource {
        returned[resource, default: []] += bytes
      }
      for resource in completion.outcome.openedResources { operations.close(resource) }
    }
    answer(pending.task, completion.outcome, scheduler, pending.name)
  }

  private func answer(
    _ task: TaskHandle,
    _ outcome: OperationOutcome,
    _ scheduler: TaskScheduler,
    _ name: String = ""
  ) {
    if case .cancelled(let isInDoubt) = outcome {
      scheduler.machine.answerCancelled(task, inDoubt: isInDoubt, operation: name)
      scheduler.machine.release(task.handle)
      return
    }
    scheduler.answer(task, succeeded: true, values(of: outcome, scheduler.machine))
  }

  // MARK: Servers

  /// Goes on with reading a request.
  private func converse(
    _ resource: ResourceID,
    _ parked: ParkedRequest,
    _ task: TaskHandle,
    _ scheduler: TaskScheduler
  ) {
    guard var conversation = conversations.removeValue(forKey: resource) else { return }
    let machine = scheduler.machine
    do throws(SystemError) {
      if let count = try conversation.parser.advance(&conversation.buffer) {
        conversations[resource] = conversation
        return start(.read(resource, byteCountMax: count), parked, task, scheduler)
      }
      let parser = conversation.parser
      let (method, target) = try parser.requestLine()
      let values = [
        machine.string(Array(method.utf8)), machine.string(target),
        fields(parser.fields, machine), machine.string(parser.body),
        Value(parser.keepsConnection),
      ]
      if case .message(_, let byteCountMax) = parked.kind {
        conversation.parser = HTTPMessageParser(.request, bodyByteCountMax: byteCountMax)
        conversations[resource] = conversation
      }
      scheduler.answer(task, succeeded: true, values)
    } catch {
      // The end between two requests is an end and no failure.
      let isEnd = conversation.parser.isUntouched && conversation.buffer.isEnded
      answer(task, isEnd ? .bytes([]) : .failed(error), scheduler)
    }
  }

  /// A resource that a script has closed.
  func close(_ resource: ParkedResource) {
    resource.close()
    returned[resource.id] = nil
    conversations[resource.id] = nil
  }

  // MARK: Values

  private func fields(_ fields: HTTPFields, _ machine: Machine) -> Value {
    let table = machine.newTable()
    for (name, value) in fields { machine.setField(table, name, machine.string(value)) }
    return table
  }

  /// What a script gets: false and a message for a refusal; nil, a message and a number for a failure;
  /// nil at an end.
  private func values(of outcome: OperationOutcome, _ machine: Machine) -> [Value] {
    func text(_ text: String) -> Value { machine.string(Array(text.utf8)) }
    func held(_ id: ResourceID?) -> Value {
      guard let id else { return .nil }
      return machine.makeUserdata(ParkedResource(id, operations), metatable: .nil)
    }
    func place(_ endpoint: Endpoint?) -> [Value] {
      endpoint.map { [text($0.host), Value(Int($0.port))] } ?? [.nil, .nil]
    }
    switch outcome {
    case .done: return [Value(true)]
    case .bytes(let bytes): return [bytes.isEmpty ? .nil : machine.string(bytes)]
    case .written(let count): return [Value(count)]
    case .opened(let id, let local, let peer): return [held(id)] + place(local) + place(peer)
    case .datagram(let bytes, let sender): return [machine.string(bytes)] + place(sender)
    case .addresses(let all):
      return [machine.table(all.enumerated().map { ($0.offset + 1, text($0.element)) })]
    case .spawned(let all):
      return [held(all.process), held(all.input), held(all.output), held(all.error)]
    case .ended(.exited(let code)): return [text("exit"), Value(Int(code))]
    case .ended(.signaled(let code)): return [text("signal"), Value(Int(code))]
    case .response(let response):
      return [
        machine.string(response.body), Value(response.code), fields(response.fields, machine),
        machine.string(response.status),
      ]
    case .failed(let error):
      if error.isRefusal { return [Value(false), text(error.message)] }
      return [.nil, text(error.message), Value(Int(error.code))]
    case .cancelled: return []
    }
  }
}
