// Messages from one isolate to another. A message is a copy of data: what refers to something of its machine is refused
// where it is sent, with the path to it. Who sends waits for room, who receives for a message, as tasks wait.

import NightjarEngine

/// A channel between machines, with room for so many messages.
///
///     let orders = IsolateChannel(capacity: 8)
///     try await shop.with { machine, _ in try machine.define("orders", channel: orders) }
///     try await kitchen.with { machine, _ in try machine.define("orders", channel: orders) }
///
/// Scripts have `orders.send(message)`, which gives false when the channel is closed, `orders.recv()`, which gives
/// nil then, and `orders.close()`.
public final class IsolateChannel: Sendable {
  fileprivate let queue: BoundedQueue<PlainValue>

  /// A channel with room for so many messages; with none, who sends waits for who receives.
  public init(capacity: Int) { queue = BoundedQueue(capacity: capacity) }

  /// Sends a message and waits for room.
  ///
  /// - Returns: false when the channel is closed.
  /// - Throws: `CancellationError` when the caller's task was cancelled; the message is not sent then.
  @discardableResult
  public func send(_ message: PlainValue) async throws -> Bool {
    try await Cancellation.wait { [queue] done in queue.send(message, done) }
  }

  /// Waits for a message; nil when the channel is closed and empty.
  ///
  /// - Throws: `CancellationError` when the caller's task was cancelled; no message is lost then.
  public func receive() async throws -> PlainValue? {
    try await Cancellation.wait { [queue] done in queue.receive(done) }
  }

  /// Nothing more is sent; what was sent is still received.
  public func close() { queue.close() }
}

extension Machine {
  /// Gives the scripts of the machine an end of a channel under a name.
  ///
  /// - Throws: when memory is out.
  public func define(_ name: String, channel: IsolateChannel) throws(ScriptError) {
    let queue = channel.queue
    let record = HostFunction(name, .atomic, HostCallLimits())
    let table = try makeTable(fieldCount: 3)
    table["send"] = .function(
      parking { call in
        let message = try PlainValue(crossing: call._argument().value, name: "message")
        return HostCall(record, beginning: { queue.send(message, $0) }) { isTaken, core in
          [try core.slot(.boolean(isTaken))]
        }
      }
    )
    table["recv"] = .function(
      parking { _ in
        HostCall(record, waiting: { queue.receive($0) }) { message, core in
          [try core.slot(message.value(in: core.liveMachine))]
        }
      }
    )
    table["close"] = .function(
      function(values: { _ in
        queue.close()
        return []
      })
    )
    set(.table(table), at: [name])
  }
}
