// The one thread that waits for the system, for all machines of a source. Everything it knows is its own: other
// threads only put commands into its inbox, and it calls sinks without holding anything, so that no order of
// locks has to be right.
//
//     any thread ── post ─▶ inbox ─▶ ┌───────────────────────────────────────────────┐
//                                    │ commands → timers → deliver → wait for changes │ ─▶ sinks
//     look-ups ──── post ─▶          └───────────────────────────────────────────────┘

internal import NightjarBase
internal import Synchronization

/// The thread that waits.
///
/// INVARIANT: but for `inbox`, `watcher` and `clock`, everything here is touched by the thread alone.
final class Reactor: @unchecked Sendable {
  /// What other threads ask for.
  enum Command: Sendable {
    case start(OperationTable, OperationID, OperationRequest)
    case cancel(OperationTable, OperationID)
    case close(OperationTable, ResourceID)
    case signal(OperationTable, Int32, ResourceID)
    case end(OperationTable)
    case found(UInt64, Result<[SocketAddress], SystemError>)
    case stop
  }

  private enum Timer {
    case operation(OperationTable, OperationID)
    case channel(UInt64)
  }

  private struct Lookup {
    let endpoint: Endpoint
    let isEncrypted: Bool
    let body: (Result<[SocketAddress], SystemError>) -> Void
  }

  /// How many names are looked up at a time: each takes a thread.
  private static let lookupCountMax = 16

  private let inbox = Mutex<[Command]>([])
  private let watcher: Watcher
  private let clock = SystemTime()
  /// Room to read into, for one call at a time.
  var room = [UInt8](repeating: 0, count: 65_536)
  private var channels: [UInt64: Channel] = [:]
  private var lastSerial: UInt64 = 0
  private var timers = TimerHeap<Timer>()
  private var deadTimerCount = 0
  private var touched: [OperationTable] = []
  private var lookups: [UInt64: Lookup] = [:]
  private var waitingLookups: [UInt64] = []
  private var runningLookupCount = 0
  /// Tables stay while the thread may meet them.
  private var tables: [ObjectIdentifier: OperationTable] = [:]

  /// Starts the thread.
  ///
  /// - Throws: What the system says.
  init() throws(SystemError) {
    watcher = try Watcher()
    do throws(SystemError) {
      try DetachedThread.start { [self] in run() }
    } catch {
      watcher.close()
      throw error
    }
  }

  var now: UInt64 { clock.monotonicNanoseconds() }

  /// Asks for something, from any thread.
  func post(_ command: Command) {
    let isFirst = inbox.withLock { commands in
      commands.append(command)
      return commands.count == 1
    }
    if isFirst { watcher.wake() }
  }

  // MARK: The thread

  private func run() {
    while true {
      let commands = inbox.withLock { commands in
        defer { commands = [] }
        return commands
      }
      for command in commands where !perform(command) {
        watcher.close()
        return
      }
      fireTimers()
      deliver()
      let wait = timers.first.map { time in
        let now = now
        return time > now ? time - now : 0
      }
      watcher.wait(wait) { change in
        channels[change.token]?.become(canRead: change.canRead, canWrite: change.canWrite)
      }
      deliver()
    }
  }

  /// Performs a command; false when the thread is to end.
  private func perform(_ command: Command) -> Bool {
    switch command {
    case .start(let table, let id, let request):
      tables[ObjectIdentifier(table)] = table
      table.start(id, request)
    case .cancel(let table, let id): table.cancel(id)
    case .close(let table, let id): table.close(id)
    case .signal(let table, let number, let id): table.signal(number, to: id)
    case .end(let table):
      table.end()
      tables[ObjectIdentifier(table)] = nil
    case .found(let number, let result):
      runningLookupCount -= 1
      lookups.removeValue(forKey: number)?.body(result)
      lookUp()
    case .stop:
      for table in tables.values { table.end() }
      deliver()
      for channel in channels.values { channel.abandon() }
      return false
    }
    return true
  }

  private func deliver() {
    while !touched.isEmpty {
      let tables = touched
      touched = []
      for table in tables { table.deliver() }
    }
  }

  /// A table has outcomes to deliver.
  func touch(_ table: OperationTable) { touched.append(table) }

  // MARK: Channels

  func nextSerial() -> UInt64 {
    lastSerial += 1
    return lastSerial
  }

  /// Watches a channel's descriptor.
  func watch(_ channel: Channel) throws(SystemError) {
    channels[channel.serial] = channel
    do throws(SystemError) {
      try watcher.add(channel.descriptor, token: channel.serial)
    } catch  where error.code == Self.isAlwaysReady {
      // A file: nothing about it ever changes.
    }
  }

  private static let isAlwaysReady: Int32 = 1

  /// Keeps a channel that has no descriptor to watch.
  func keep(_ channel: Channel) { channels[channel.serial] = channel }

  func forget(_ channel: Channel) { channels[channel.serial] = nil }

  // MARK: Timers

  /// Completes an operation at a time.
  func wake(_ table: OperationTable, _ id: OperationID, at time: UInt64) {
    timers.add(time, .operation(table, id))
  }

  /// Tells a channel that some time has passed.
  func tick(_ channel: Channel, afterNanoseconds nanoseconds: UInt64) {
    timers.add(now.saturatingSum(nanoseconds), .channel(channel.serial))
  }

  /// The operation of a timer was cancelled.
  func timerDied() {
    deadTimerCount += 1
    guard deadTimerCount > 64, deadTimerCount > timers.count / 2 else { return }
    timers.removeAll { timer in
      if case .operation(let table, let id) = timer { return !table.isPending(id) }
      return false
    }
    deadTimerCount = 0
  }

  private func fireTimers() {
    if timers.first == nil { return }
    let now = now
    while let timer = timers.takeFirst(until: now) {
      switch timer {
      case .operation(let table, let id):
        if table.isPending(id) { table.complete(id, .done) } else { deadTimerCount -= 1 }
      case .channel(let serial): channels[serial]?.tick()
      }
    }
  }

  // MARK: Names

  /// Calls the body with the addresses of a host, at once when it is a number.
  func find(
    _ endpoint: Endpoint,
    isEncrypted: Bool,
    _ body: @escaping (Result<[SocketAddress], SystemError>) -> Void
  ) {
    let numbers = Result { () throws(SystemError) in
      try SocketAddress.all(of: endpoint, isNumber: true)
    }
    // The library for encryption takes its time to load, so that is done on the thread as well.
    if case .success = numbers, !isEncrypted { return body(numbers) }
    let number = nextSerial()
    lookups[number] = Lookup(endpoint: endpoint, isEncrypted: isEncrypted, body: body)
    waitingLookups.append(number)
    lookUp()
  }

  private func lookUp() {
    while runningLookupCount < Self.lookupCountMax, let number = waitingLookups.first {
      waitingLookups.removeFirst()
      guard let lookup = lookups[number] else { continue }
      runningLookupCount += 1
      let (endpoint, isEncrypted) = (lookup.endpoint, lookup.isEncrypted)
      do throws(SystemError) {
        try DetachedThread.start { [weak self] in
          if isEncrypted { _ = SecureLibrary.shared }
          let result = Result { () throws(SystemError) in
            try SocketAddress.all(of: endpoint, isNumber: false)
          }
          self?.post(.found(number, result))
        }
      } catch {
        post(.found(number, .failure(error)))
      }
    }
  }
}
