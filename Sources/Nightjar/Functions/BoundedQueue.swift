// A queue with room for so many, whose ends are on different threads: elements of an asynchronous sequence on their way
// to a script, and messages between isolates. Who finds no room or nothing is told later, once; who takes back a
// wait has given or taken nothing.

import Synchronization

/// A queue with room for so many.
final class BoundedQueue<Element: Sendable>: Sendable {
  /// Told whether the element was taken; false when the queue is closed.
  typealias Sender = @Sendable (Result<Bool, any Error>) -> Void
  /// Told the next element; nil when the queue is closed and empty.
  typealias Receiver = @Sendable (Result<Element?, any Error>) -> Void

  private struct State {
    var items: [Element] = []
    var senders: [(id: UInt64, element: Element, done: Sender)] = []
    var receivers: [(id: UInt64, done: Receiver)] = []
    var lastID: UInt64 = 0
    var isClosed = false
    var failure: (any Error)?
    /// How many elements were taken out.
    var takenCount: UInt64 = 0
  }

  /// How the queue stands.
  struct Progress {
    var handedOver: UInt64
    var itemCount: Int
    var sendersWait: Bool
    var receiversWait: Bool
    var isClosed: Bool
  }

  /// What came of giving an element.
  private enum Sent {
    case taken(Receiver?)
    case closed
    case waits(UInt64)
  }

  /// What came of asking for one.
  private enum Received {
    case given(Element, Sender?)
    case ended((any Error)?)
    case waits(UInt64)
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// A queue with room for so many; with none, who gives waits for who takes.
  init(capacity: Int) { self.capacity = max(capacity, 0) }

  var progress: Progress {
    state.withLock { state in
      Progress(
        handedOver: state.takenCount,
        itemCount: state.items.count + state.senders.count,
        sendersWait: !state.senders.isEmpty,
        receiversWait: !state.receivers.isEmpty,
        isClosed: state.isClosed
      )
    }
  }

  /// Gives an element.
  ///
  /// - Returns: takes it back, if it still waits for room.
  @discardableResult
  func send(_ element: Element, _ done: @escaping Sender) -> @Sendable () -> Void {
    let outcome: Sent = state.withLock { state in
      if state.isClosed { return .closed }
      if !state.receivers.isEmpty {
        state.takenCount &+= 1
        return .taken(state.receivers.removeFirst().done)
      }
      if state.items.count < capacity {
        state.items.append(element)
        return .taken(nil)
      }
      state.lastID += 1
      state.senders.append((state.lastID, element, done))
      return .waits(state.lastID)
    }
    switch outcome {
    case .taken(let receiver):
      receiver?(.success(element))
      done(.success(true))
    case .closed: done(.success(false))
    case .waits(let id): return { self.withdrawSender(id) }
    }
    return {}
  }

  /// Takes the next element.
  ///
  /// - Returns: waits no more, if nothing has come.
  @discardableResult
  func receive(_ done: @escaping Receiver) -> @Sendable () -> Void {
    let outcome: Received = state.withLock { state in
      state.takenCount &+= 1
      if !state.items.isEmpty {
        let element = state.items.removeFirst()
        guard !state.senders.isEmpty else { return .given(element, nil) }
        let next = state.senders.removeFirst()
        state.items.append(next.element)
        return .given(element, next.done)
      }
      if !state.senders.isEmpty {
        let next = state.senders.removeFirst()
        return .given(next.element, next.done)
      }
      state.takenCount &-= 1
      if state.isClosed {
        defer { state.failure = nil }
        return .ended(state.failure)
      }
      state.lastID += 1
      state.receivers.append((state.lastID, done))
      return .waits(state.lastID)
    }
    switch outcome {
    case .given(let element, let sender):
      sender?(.success(true))
      done(.success(element))
    case .ended(let error?): done(.failure(error))
    case .ended(nil): done(.success(nil))
    case .waits(let id): return { self.withdrawReceiver(id) }
    }
    return {}
  }

  /// Nothing more is given; what waits in the queue is still taken, unless it is dropped.
  func close(dropping: Bool = false, _ failure: (any Error)? = nil) {
    let (senders, receivers, error) = state.withLock { state in
      let waiting = (state.senders, state.receivers, failure)
      if !state.isClosed && state.receivers.isEmpty { state.failure = failure }
      state.isClosed = true
      if dropping {
        state.items = []
        state.senders = []
      }
      state.receivers = []
      return waiting
    }
    if dropping {
      for sender in senders { sender.done(.success(false)) }
    }
    for receiver in receivers {
      receiver.done(error.map { .failure($0) } ?? .success(nil))
    }
  }

  private func withdrawSender(_ id: UInt64) {
    let done = state.withLock { state in
      state.senders.firstIndex { $0.id == id }.map { state.senders.remove(at: $0).done }
    }
    done?(.failure(CancellationError()))
  }

  private func withdrawReceiver(_ id: UInt64) {
    let done = state.withLock { state in
      state.receivers.firstIndex { $0.id == id }.map { state.receivers.remove(at: $0).done }
    }
    done?(.failure(CancellationError()))
  }
}
