// Functions of the host that give a sequence: scripts read it with `for`. A task of Swift's reads ahead as far as the
// capacity goes, and is cancelled when the script leaves the loop, is cancelled itself or forgets the sequence.

import NightjarEngine

/// Functions that give an asynchronous sequence; see `Machine.register`.
public struct StreamFunction: Sendable {
  let capacity: Int
  let stall: Duration

  /// The sequence is read at most so many elements ahead of the script.
  ///
  /// - Parameters:
  ///   - capacity: How many elements may wait for the script.
  ///   - stall: After how long it is reported that the script waits for the sequence, or the sequence for the script.
  /// - Returns: the class.
  public static func stream(
    _ capacity: Int,
    reportsStallAfter stall: Duration = .seconds(60)
  ) -> StreamFunction {
    StreamFunction(capacity: max(capacity, 1), stall: max(stall, .milliseconds(1)))
  }
}

extension Machine {
  /// Makes a closure that gives an asynchronous sequence the function of a name.
  ///
  ///     machine.register("ticks", .stream(4)) { (count: Int) in clock.ticks.prefix(count) }
  ///     try machine.eval("for tick in ticks(3) do print(tick) end")
  ///
  /// The script's task waits for each element. When the loop is left, the reading ends; in dialects before 5.4 it
  /// ends then with the sequence's `close`, or when nothing refers to it any more.
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - kind: How far is read ahead.
  ///   - documentation: What it gives, in a sentence.
  ///   - parameters: The names of its parameters, for editors.
  ///   - body: Makes the sequence.
  public func register<each Parameter: ScriptConvertible, Elements: AsyncSequence & Sendable>(
    _ name: String,
    _ kind: StreamFunction,
    documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping (repeat each Parameter) throws -> Elements
  ) where Elements.Element: ScriptConvertible & Sendable {
    let watch = core.watch
    let function = _native { call in
      let arguments = (repeat try (each Parameter)._next(&call))
      let elements = try body(repeat each arguments)
      let core = call._core
      let stream = HostStream(name, elements, kind, watch)
      let object = core.engine.makeUserdata(stream, metatable: core.streamMetatable)
      // What `for` takes: what it calls, two values it passes, and what it closes.
      call._append(_StoredValue(object, core: core))
      call._append(_StoredValue(.nil, core: core))
      call._append(_StoredValue(.nil, core: core))
      call._append(_StoredValue(object, core: core))
    }
    _define(name, documentation, parameters, function) {
      .of((repeat each Parameter).self, Value.self)
    }
  }
}

/// A sequence of the host in the hands of a script.
class AnyHostStream {
  /// A call that waits for the next element.
  func next() -> HostCall? { nil }
  /// Reads no more.
  func close() {}
}

private final class HostStream<Element: ScriptConvertible & Sendable>: AnyHostStream {
  private let queue: BoundedQueue<Element>
  private let function: HostFunction
  private let reader: Task<Void, Never>
  private let minder: Task<Void, Never>

  init<Elements: AsyncSequence & Sendable>(
    _ name: String,
    _ elements: Elements,
    _ kind: StreamFunction,
    _ watch: CallWatch
  ) where Elements.Element == Element {
    let queue = BoundedQueue<Element>(capacity: kind.capacity)
    self.queue = queue
    function = HostFunction(name, .atomic, HostCallLimits())
    minder = Task {
      await queue.reportStalls(after: kind.stall) { watch.add("NJ-D08", "'\(name)' \($0)") }
    }
    reader = Task {
      do {
        for try await element in elements {
          let isWanted = try await withCheckedThrowingContinuation { continuation in
            queue.send(element) { continuation.resume(with: $0) }
          }
          if !isWanted || Task.isCancelled { return }
        }
        queue.close()
      } catch { queue.close(error) }
    }
  }

  deinit { close() }

  override func next() -> HostCall? {
    HostCall(function, waiting: { [queue] in queue.receive($0) }) { element, core in
      [try element._store(in: core).slot]
    }
  }

  override func close() {
    reader.cancel()
    minder.cancel()
    queue.close(dropping: true)
  }
}

extension BoundedQueue {
  /// Tells once for each end how long it has waited for the other, until the queue is closed.
  fileprivate func reportStalls(
    after time: Duration,
    _ report: @Sendable (String) -> Void
  ) async {
    var before = progress
    var isTold = (sender: false, receiver: false)
    while !before.isClosed, (try? await Task.sleep(for: time)) != nil {
      let now = progress
      // Who waited at both looks, between which nothing was handed over, has waited for as long.
      let isStuck = now.handedOver == before.handedOver
      if isStuck && before.sendersWait && now.sendersWait && !isTold.sender {
        isTold.sender = true
        report("has \(now.itemCount) elements that the script has not taken for \(time)")
      }
      if isStuck && before.receiversWait && now.receiversWait && !isTold.receiver {
        isTold.receiver = true
        report("has had no element for the script for \(time)")
      }
      before = now
    }
  }

  /// The sequence has failed: what came before is still read.
  fileprivate func close(_ error: any Error) { close(dropping: false, error) }
}

extension Core {
  /// The metatable of all sequences of the host: they are called for their next element, and can be closed.
  fileprivate var streamMetatable: Slot {
    let registry = engine.registry
    let known = engine.field(registry, "NIGHTJAR_STREAM")
    if known.isTable { return known }
    let metatable = engine.newTable()
    let next = parking { call in
      guard let stream = call.hostObject() as? AnyHostStream else {
        throw ScriptError(.conversion, "a stream expected")
      }
      return stream.next()
    }
    let close = engine.makeHostFunction { (call) throws(EngineError) in
      (call.hostObject(call.argument(1)) as? AnyHostStream)?.close()
      return call.returns()
    }
    let methods = engine.newTable()
    engine.setField(methods, "next", next)
    engine.setField(methods, "close", close)
    engine.setField(metatable, "__name", engine.string(Array("stream".utf8)))
    engine.setField(metatable, "__call", next)
    engine.setField(metatable, "__close", close)
    engine.setField(metatable, "__index", methods)
    engine.setField(metatable, "__metatable", Slot(false))
    engine.setField(registry, "NIGHTJAR_STREAM", metatable)
    return metatable
  }
}
