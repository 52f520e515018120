// A scope of an isolate for asynchronous functions of Swift: what is started in it has ended when it ends. Behind it
// stands a scope of the machine's own, so all rules of those hold: the first child that fails cancels its
// siblings, and cleanup has its grace.
//
//   spawn ──► commands ──next──► task.scope of the script ──► child ──► value

import NightjarEngine
import NightjarRuntime

/// A scope of an isolate, while the closure runs that it was given to.
///
/// It cannot be copied, so it does not outlive that closure.
public struct IsolateScope: ~Copyable, Sendable {
  fileprivate let isolate: Isolate
  fileprivate let id: UInt64
  fileprivate let commands: BoundedQueue<ScopeCommand>

  /// Starts a global function as a child.
  ///
  /// - Returns: what its value is had by.
  public func spawn(
    _ function: String,
    _ arguments: PlainValue...,
    name: String? = nil
  ) -> ScopeTask {
    let child = isolate.live.makeID()
    commands.send(
      ScopeCommand(id: child, name: name ?? function, function: function, arguments: arguments)
    ) { _ in }
    return ScopeTask(isolate: isolate, scope: id, id: child)
  }

  /// Cancels everything in the scope.
  public func cancel(reason: String) {
    let id = id
    isolate.live.post { $0.local?.scopes[id]?.task?.cancel(reason: reason) }
  }
}

/// A child of a scope.
public struct ScopeTask: Sendable {
  fileprivate let isolate: Isolate
  fileprivate let scope: UInt64
  fileprivate let id: UInt64

  /// The first result of the function.
  public var value: PlainValue {
    get async throws {
      let (scope, id) = (scope, id)
      return try await isolate.live.askInGrace { _, live, answer in
        guard let scope = live.local?.scopes[scope] else {
          return answer.resume(
            with: .failure(ScriptError(.ended, "NJ-A002 ScopeClosed: the scope has ended"))
          )
        }
        scope.wait(for: id, answer)
      }
    }
  }
}

extension Isolate {
  /// Runs a closure with a scope: all that it starts has ended when this returns.
  ///
  ///     let page = try await isolate.withScope(name: "req-17") { scope in
  ///       let body = scope.spawn("fetch", .string(url))
  ///       return try await body.value
  ///     }
  ///
  /// When the closure throws or the caller's task is cancelled, the children are cancelled and clean up; when a
  /// child fails, its siblings are, and the error is thrown unless the closure has thrown one.
  public func withScope<Result: Sendable>(
    name: String? = nil,
    _ body: (borrowing IsolateScope) async throws -> Result
  ) async throws -> Result {
    try Task.checkCancellation()
    let id = live.makeID()
    let commands = BoundedQueue<ScopeCommand>(capacity: .max)
    let live = live
    let opened = live.makeID()
    try await live.ask(opened) { live, answer in
      answer.resume(with: Swift.Result { try live.open(id, name, commands) })
    }
    let scope = IsolateScope(isolate: self, id: id, commands: commands)
    return try await withTaskCancellationHandler {
      do {
        let result = try await body(scope)
        commands.close()
        try await close(id)
        try Task.checkCancellation()
        return result
      } catch {
        live.post { $0.local?.cancel(id, .host) }
        commands.close()
        try? await close(id)
        throw error
      }
    } onCancel: {
      live.post { $0.local?.cancel(id, .host) }
    }
  }

  /// Waits for the end of a scope.
  private func close(_ id: UInt64) async throws {
    defer { live.post { $0.local?.scopes[id] = nil } }
    let _: PlainValue = try await live.askInGrace { waiting, live, answer in
      guard let local = live.local, let task = local.scopes[id]?.task else {
        return answer.resume(with: .failure(ScriptError.machineEnded))
      }
      local.answerLater(waiting, task, answer)
    }
  }
}

extension LiveIsolate {
  /// As `ask`, but whoever asks and is cancelled waits no longer than a cancelled call may take.
  fileprivate func askInGrace<Result: Sendable>(
    _ job: @escaping @Sendable (UInt64, LiveIsolate, Answer<Result>) -> Void
  ) async throws -> Result {
    let id = makeID()
    return try await withTaskCancellationHandler {
      try await ask(id) { live, answer in job(id, live, answer) }
    } onCancel: {
      fail(id, after: hardNanoseconds, CancellationError())
    }
  }

  /// Opens a scope of the host.
  fileprivate func open(_ id: UInt64, _ name: String?, _ commands: BoundedQueue<ScopeCommand>)
    throws
  {
    guard let local else { throw ScriptError.machineEnded }
    let scope = LocalScope(local)
    let machine = local.machine
    let record = HostFunction("scope", .atomic, HostCallLimits())
    let next = machine.parking { _ in
      HostCall(record, waiting: { commands.receive($0) }) { command, core in
        try command.slots(core)
      }
    }
    let started = machine.function(values: { [weak scope] values in
      if case .integer(let child)? = values.first, values.count > 1 {
        try scope?.begin(UInt64(child), values[1])
      }
      return []
    })
    let options = try machine.makeTable()
    if let name { options["name"] = .string(ByteString(name)) }
    scope.task = try local.tasks.spawn(
      local.scopeRunner(),
      arguments: [.table(options), .function(next), .function(started)],
      name: name ?? "scope"
    )
    local.scopes[id] = scope
  }
}

/// A child that is to be started.
struct ScopeCommand: Sendable {
  let id: UInt64
  let name: String
  let function: String
  let arguments: [PlainValue]

  /// What the script's side of the scope takes: a number, a name, the function, its arguments and their count.
  func slots(_ core: Core) throws -> [Slot] {
    let machine = try core.liveMachine
    var value = Value.table(machine.globals)
    for name in function.split(separator: ".") {
      guard case .table(let table) = value else { break }
      value = table[String(name)]
    }
    guard case .function = value else {
      throw ScriptError(.runtime, "there is no global function '\(function)'")
    }
    let list = try machine.makeTable()
    for (index, argument) in arguments.enumerated() {
      list[index + 1] = try argument.value(in: machine)
    }
    return [
      try core.slot(.integer(Int(id))), try core.slot(.string(ByteString(name))),
      try core.slot(value), try core.slot(.table(list)), try core.slot(.integer(arguments.count)),
    ]
  }
}

/// A scope of the host on the isolate's thread.
final class LocalScope {
  private unowned let local: LocalIsolate
  var task: TaskCall?
  private var children: [UInt64: TaskCall] = [:]
  private var waiting: [UInt64: [Answer<PlainValue>]] = [:]

  init(_ local: LocalIsolate) { self.local = local }

  deinit {
    for answers in waiting.values {
      for answer in answers {
        answer.resume(
          with: .failure(ScriptError(.ended, "NJ-A002 ScopeClosed: the scope has ended"))
        )
      }
    }
  }

  /// A child was started.
  func begin(_ id: UInt64, _ value: Value) throws {
    let core = local.machine.core
    guard let handle = core.engine.makeTaskHandle(try core.slot(value)) else { return }
    let call = TaskCall(handle, core)
    children[id] = call
    for answer in waiting.removeValue(forKey: id) ?? [] { local.answerLater(id, call, answer) }
  }

  func wait(for id: UInt64, _ answer: Answer<PlainValue>) {
    if let child = children[id] {
      local.answerLater(id, child, answer)
    } else {
      waiting[id, default: []].append(answer)
    }
  }
}
