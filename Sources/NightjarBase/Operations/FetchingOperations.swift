// Requests to web servers, carried out with the other operations below: the real network and the simulated
// one get the same client (docs/decisions/0015), and each connection, those after a redirection included,
// passes the permissions of whoever stands below.
//
//     connect ─▶ write … ─▶ read … ─▶ close ─▶ response, or the next connection
//        └──────────┴─────────┴── one operation at a time, and one timer for the whole: a server that
//                                 sends a byte now and then has no more time than one that is silent

internal import Synchronization

/// Other operations, and `fetch` on top of them.
package final class FetchingOperations: Operations {
  private let base: any Operations
  private let fetches: FetchTable

  /// Operations over others, which are made with the sink that they need.
  package init(
    sink: any OperationSink,
    over make: (any OperationSink) -> any Operations
  ) {
    fetches = FetchTable(sink)
    base = make(fetches)
  }

  package var monotonicNanoseconds: UInt64 { base.monotonicNanoseconds }
  package var openCount: Int { base.openCount }

  package func start(_ request: OperationRequest) throws(SystemError) -> OperationID {
    guard case .fetch(let request, let byteCountMax) = request else {
      return try base.start(request)
    }
    return try fetches.start(Fetch(request, bodyByteCountMax: byteCountMax), over: base)
  }

  package func cancel(_ id: OperationID) {
    if !fetches.cancel(id) { base.cancel(id) }
  }

  package func close(_ resource: ResourceID) { base.close(resource) }

  package func signal(_ number: Int32, to process: ResourceID) {
    base.signal(number, to: process)
  }

  package func end() {
    fetches.cancelAll()
    base.end()
  }
}

/// A request under way.
private struct Fetch {
  enum Phase {
    case connecting
    case writing(WriteProgress)
    case reading
  }

  var request: HTTPRequest
  let bodyByteCountMax: Int
  var phase = Phase.connecting
  /// The operation that is waited for, and the timer of the whole request.
  var step: OperationID?
  var timer: OperationID?
  var connection: ResourceID?
  var parser: HTTPMessageParser
  var buffer = ReadBuffer()
  /// Whether a server may have seen something of the request.
  var hasSent = false
  var isCancelled = false
  /// What is told instead of how the step ended.
  var failure: SystemError?

  init(_ request: HTTPRequest, bodyByteCountMax: Int) {
    self.request = request
    self.bodyByteCountMax = bodyByteCountMax
    parser = HTTPMessageParser(request.awaitedKind, bodyByteCountMax: bodyByteCountMax)
  }

  /// Begins anew with another request.
  mutating func redirect(to next: HTTPRequest) {
    request = next
    phase = .connecting
    connection = nil
    parser = HTTPMessageParser(next.awaitedKind, bodyByteCountMax: bodyByteCountMax)
    buffer = ReadBuffer()
  }
}

/// The requests under way of one machine.
private final class FetchTable: OperationSink {
  private struct State {
    /// The operations below, which keep the table as their sink: the other way round it is not kept.
    weak var base: (any Operations)?
    var fetches: [OperationID: Fetch] = [:]
    /// The request that an operation below belongs to: its step, or a timer, perhaps of an earlier step.
    var owners: [OperationID: OperationID] = [:]
    var lastNumber = FetchTable.firstNumber
  }

  /// Numbers of requests stand above those that are given below.
  private static let firstNumber: UInt64 = 1 << 63

  private let sink: any OperationSink
  private let state = Mutex(State())

  init(_ sink: any OperationSink) { self.sink = sink }

  func start(_ fetch: Fetch, over base: any Operations) throws(SystemError) -> OperationID {
    let result = state.withLock { state -> Result<OperationID, SystemError> in
      state.base = base
      state.lastNumber += 1
      let id = OperationID(state.lastNumber)
      var fetch = fetch
      return Result { () throws(SystemError) in
        try Self.begin(&fetch, id, &state)
        Self.limit(&fetch, id, &state)
        state.fetches[id] = fetch
        return id
      }
    }
    return try result.get()
  }

  /// Cancels a request; false for what is none.
  func cancel(_ id: OperationID) -> Bool {
    guard id.number > Self.firstNumber else { return false }
    state.withLock { Self.cancel(id, &$0) }
    return true
  }

  func cancelAll() {
    state.withLock { state in
      for id in state.fetches.keys.sorted() { Self.cancel(id, &state) }
    }
  }

  private static func cancel(_ id: OperationID, _ state: inout State) {
    guard let step = state.fetches[id]?.step else { return }
    state.fetches[id]?.isCancelled = true
    state.base?.cancel(step)
  }

  func deliver(_ completions: [Completion]) {
    // Outcomes of the table's own operations go no further.
    var passed: [Completion] = []
    state.withLock { state in
      if state.owners.isEmpty {
        passed = completions
        return
      }
      for completion in completions {
        if let owner = state.owners.removeValue(forKey: completion.id) {
          if let outcome = Self.take(completion, for: owner, &state) {
            passed.append(Completion(owner, outcome))
          }
        } else {
          passed.append(completion)
        }
      }
    }
    if !passed.isEmpty { sink.deliver(passed) }
  }

  // MARK: Steps

  /// Starts the timer of a fetch.
  private static func limit(_ fetch: inout Fetch, _ id: OperationID, _ state: inout State) {
    guard let base = state.base else { return }
    let timeout = fetch.request.timeoutNanoseconds
    let (end, isEndless) = base.monotonicNanoseconds.addingReportingOverflow(timeout)
    guard !isEndless, let timer = try? base.start(.sleep(until: end)) else { return }
    state.owners[timer] = id
    fetch.timer = timer
  }

  /// Starts the operation of a fetch's phase.
  private static func begin(
    _ fetch: inout Fetch,
    _ id: OperationID,
    _ state: inout State
  ) throws(SystemError) {
    guard let base = state.base else { throw .badDescriptor }
    let request: OperationRequest
    switch (fetch.phase, fetch.connection) {
    case (.writing(let progress), let connection?): request = progress.request(to: connection)
    case (.reading, let connection?):
      request = .read(connection, byteCountMax: ReadBuffer.stepByteCount)
    default:
      let address = fetch.request.address
      request = .connect(
        Endpoint(host: address.host, port: address.port),
        isEncrypted: address.isEncrypted
      )
    }
    let step = try base.start(request)
    state.owners[step] = id
    fetch.step = step
  }

  /// Goes on with what an operation gave.
  ///
  /// - Returns: How the request ended, if it has.
  private static func take(
    _ completion: Completion,
    for id: OperationID,
    _ state: inout State
  ) -> OperationOutcome? {
    guard var fetch = state.fetches[id] else {
      for resource in completion.outcome.openedResources { state.base?.close(resource) }
      return nil
    }
    if completion.id != fetch.step {
      guard completion.id == fetch.timer, case .done = completion.outcome else { return nil }
      fetch.failure = .timedOut
      fetch.timer = nil
      state.fetches[id] = fetch
      if let step = fetch.step { state.base?.cancel(step) }
      return nil
    }
    fetch.step = nil
    // What has come is in one place, so that nothing is copied where more comes.
    state.fetches[id] = nil
    var outcome: OperationOutcome?
    do throws(SystemError) {
      outcome = try advance(&fetch, completion.outcome, &state)
      // Bodies lie outside of a machine's memory: all of them together are bounded as one is.
      let others = state.fetches.values.reduce(0) { $0 + $1.parser.body.count }
      if outcome == nil && others + fetch.parser.body.count > fetch.bodyByteCountMax {
        throw .tooLarge
      }
      // A response that is whole has come before the cancel or the time-out.
      if outcome == nil {
        if fetch.isCancelled {
          outcome = .cancelled(isInDoubt: fetch.hasSent)
        } else if let failure = fetch.failure {
          throw failure
        } else {
          try begin(&fetch, id, &state)
        }
      }
    } catch { outcome = .failed(error) }
    if outcome == nil {
      state.fetches[id] = fetch
    } else {
      if let connection = fetch.connection { state.base?.close(connection) }
      if let timer = fetch.timer { state.base?.cancel(timer) }
      state.fetches[id] = nil
    }
    return outcome
  }

  /// Takes in how the step of a fetch ended.
  ///
  /// - Returns: The response, when it is whole and leads nowhere else; nil when there is more to do.
  private static func advance(
    _ fetch: inout Fetch,
    _ outcome: OperationOutcome,
    _ state: inout State
  ) throws(SystemError) -> OperationOutcome? {
    switch outcome {
    case .failed(let error): throw error
    case .opened(let connection, _, _):
      fetch.connection = connection
      fetch.phase = .writing(WriteProgress(fetch.request.bytes))
    case .written:
      guard case .writing(var progress) = fetch.phase else { throw .badDescriptor }
      fetch.hasSent = true
      _ = progress.add(outcome)
      fetch.phase = progress.isDone ? .reading : .writing(progress)
    case .bytes(let bytes):
      fetch.buffer.add(bytes)
      if try fetch.parser.advance(&fetch.buffer) != nil { return nil }
      let response = try fetch.parser.response()
      guard let next = fetch.request.redirected(by: response), !fetch.isCancelled else {
        return .response(response)
      }
      if let connection = fetch.connection { state.base?.close(connection) }
      fetch.redirect(to: next)
    default:
      // Cancelled: by the caller, by the timer, or by the end of everything.
      if fetch.failure == nil { fetch.isCancelled = true }
    }
    return nil
  }
}
