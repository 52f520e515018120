// What the host's part of the task system tells scripts in the kernel's own words: the errors of operations that
// it performs, and where a function of the host was called.

/// An error of an operation that the host performs.
package enum HostErrorKind {
  /// The host did not answer in time; what it was asked for goes on.
  case abandoned
  /// So much of a function was abandoned that no more of it is begun.
  case busy
  /// It would hold a thread that others need.
  case wouldBlock
  /// A script that a function of the host waits for cannot wait itself.
  case sandwich
  /// The script was ended by its host.
  case dropped

  fileprivate var kind: TaskErrorKind {
    switch self {
    case .abandoned: .hostAbandoned
    case .busy: .hostBusy
    case .wouldBlock: .wouldBlock
    case .sandwich: .sandwich
    case .dropped: .dropped
    }
  }
}

/// What tasks may wait for at their host and can be called by name, in traces and trees.
package protocol NamedRequest: AnyObject {
  /// What is waited for, such as "connect to a.example:80".
  var requestName: String { get }

  /// Whether it has begun although the host was not told yet that a task waits for it.
  var hasBegun: Bool { get }
}

extension NamedRequest {
  package var hasBegun: Bool { false }
}

extension Machine {
  /// A new error value.
  package func makeTaskError(_ kind: HostErrorKind, _ message: String) -> Value {
    vm.taskError(kind.kind, message)
  }

  /// Gives a task that has not begun another place among those that are ready, 0 before all others to 3.
  package func setPriority(_ level: Int, of handle: TaskHandle) {
    guard let kernel = vm.pointee.tasks, let task = value(of: handle.handle).task,
      task.pointee.state == .ready
    else { return }
    kernel.pointee.ready.remove(task)
    task.priority = Swift.min(Swift.max(level, 0), 3)
    kernel.pointee.ready.append(task)
    task.home?.pointee.flags.insert(.hasOtherPriorities)
  }

  /// The handle of a task that a script has spawned; nil for other values.
  package func makeTaskHandle(_ value: Value) -> TaskHandle? {
    guard let task = value.task else { return nil }
    return TaskHandle(handle: retain(value), id: task.pointee.id)
  }

  /// A task's calls and how it came to be, a line each.
  package func trace(of handle: TaskHandle) -> String {
    value(of: handle.handle).task.map { vm.taskTrace($0) } ?? ""
  }
}

extension NativeCall {
  /// The number of the running task; 0 when none runs.
  package var taskID: UInt32 { vm.pointee.tasks?.pointee.current?.pointee.id ?? 0 }

  /// The place that called the native, by a number that is cheap to get.
  package var site: UInt32 { vm.spawnSite(self) }

  /// "file:line" of such a number.
  package func place(ofSite number: UInt32) -> String { vm.place(ofSite: number) ?? "?" }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What a task waits for at its host, in words.
  func hostSubject(_ request: UnsafeMutableRawPointer?) -> String {
    namedRequest(request)?.requestName ?? "a call of the host"
  }

  private func namedRequest(_ request: UnsafeMutableRawPointer?) -> (any NamedRequest)? {
    guard let request else { return nil }
    let object = request.assumingMemoryBound(to: UserdataObject.self)
    return pointee.hostObjects[object.pointee.header.word] as? any NamedRequest
  }

  /// Whether nothing has happened of what a task waits for at its host: the host was not told, and the call has not
  /// begun.
  func hasUnbegunRequest(of task: TaskRef, _ kernel: KernelRef) -> Bool {
    let requests = kernel.pointee.requests
    for index in 0..<requests.count where requests[index] == task {
      return namedRequest(task.pointee.node.object)?.hasBegun != true
    }
    return false
  }

  /// What a task waited for may have happened although it was cancelled: its task knows, and so does whoever
  /// handles the cancellation.
  func noteDoubt(_ task: TaskRef, _ operation: Value) {
    setExtra(of: task, "in_doubt", operation)
    guard let scope = source(of: task) else { return }
    if scope.pointee.cancelled == nil { describeCancellation(scope) }
    guard let error = scope.pointee.cancelled else { return }
    setErrorField(Value(error), "in_doubt", Value(true))
    setErrorField(Value(error), "op", operation)
  }

  /// Tells an error that takes the place of a scope's cancellation what is in doubt.
  func carryDoubt(of scope: ScopeRef, to error: Value) {
    guard let cancelled = scope.pointee.cancelled else { return }
    let operation = rawGet(cancelled, Value(string("op" as StaticString)))
    if operation.isNil { return }
    setErrorField(error, "in_doubt", Value(true))
    setErrorField(error, "op", operation)
  }
}
