// Checkpoints: where a cancellation is raised, which one it is, and how it is worded.
//
// Whether a scope's tasks are cancelled is kept in the scope (`effective`), so that a checkpoint is one test.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What every operation that may park does first.
  ///
  /// - Returns: the task that runs.
  /// - Throws: the cancellation, if it is due; an error where nothing may park.
  @inline(__always)
  func checkpoint(_ call: NativeCall) throws(ScriptError) -> TaskRef {
    guard let task = currentTask else { throw raiseNoTask(call) }
    if TaskCounters.countsTurns { task.pointee.checkpoints &+= 1 }
    if let scope = task.pointee.scope, scope.isEffective { try raiseIfDue(task, scope) }
    return task
  }

  @inline(never)
  private func raiseIfDue(_ task: TaskRef, _ scope: ScopeRef) throws(ScriptError) {
    guard let kernel = pointee.tasks else { return }
    if isCleaning(task, scope, kernel) { return }
    throw raiseCancelled(task)
  }

  @inline(never)
  private func raiseNoTask(_ call: NativeCall) -> ScriptError {
    let isInside = pointee.tasks?.pointee.current != nil
    return raise(
      value: isInside
        ? taskError(
          .sandwich,
          "a function of the host called this script and waits for it: nothing can be parked here"
        )
        : taskError(.noTask, "no task runs here: run the program as a task")
    )
  }

  /// Raises the cancellation of the outermost scope that cancels a task.
  func raiseCancelled(_ task: TaskRef) -> ScriptError {
    guard let kernel = pointee.tasks, let scope = source(of: task) else {
      return raise(value: taskError(.cancelled, "Cancelled"))
    }
    task.pointee.stage = task.pointee.stage == 0 ? 1 : 2
    task.pointee.raises &+= 1
    kernel.pointee.counters.raises &+= 1
    kernel.pointee.fuelSinceCheckpoint = 0
    if scope.pointee.cancelled == nil { describeCancellation(scope) }
    guard let error = scope.pointee.cancelled else {
      return raise(value: taskError(.cancelled, "Cancelled"))
    }
    chargeKernel(Self.raiseCost)
    return raise(value: task.pointee.stage > 1 ? late(scope, error) : Value(error))
  }

  /// Fuel of raising a cancellation in a task.
  private static var raiseCost: Int { 24 }

  /// The cancellation as it is raised in cleanup whose grace has ended.
  private func late(_ scope: ScopeRef, _ error: TableRef) -> Value {
    let known = scopeExtra(scope, Self.lateName)
    if known.isTable { return known }
    guard let late = try? newTable(nodeCapacity: 8) else { return Value(error) }
    var position = 0
    while let entry = nextEntry(error, &position) { try? rawSet(late, entry.key, entry.value) }
    setErrorField(Value(late), "stage", Value(2))
    late.pointee.metatable = error.pointee.metatable
    setScopeExtra(scope, Self.lateName, Value(late))
    return Value(late)
  }

  private static var lateName: StaticString { "late" }

  /// The outermost cancelling scope around a task, up to the nearest shield.
  func source(of task: TaskRef) -> ScopeRef? {
    var found: ScopeRef?
    var next = task.pointee.scope
    var count = 0
    defer { chargeKernel(count >> 3) }
    while let scope = next {
      count &+= 1
      if scope.pointee.state == .cancelling { found = scope }
      if scope.pointee.flags.contains(.shield) { break }
      next = scope.pointee.parent
    }
    return found
  }

  /// Whether an error is the cancellation of a scope.
  func cancels(_ scope: ScopeRef, _ error: Value) -> Bool {
    guard error.isTable, scope.pointee.cancelled != error.table else { return error.isTable }
    return isLate(scope, error)
  }

  /// Whether an error is the cancellation of a scope as it is raised when the grace is over.
  func isLate(_ scope: ScopeRef, _ error: Value) -> Bool {
    let late = scopeExtra(scope, Self.lateName)
    return late.isTable && error.isTable && late.table == error.table
  }

  /// Makes the error of a scope's cancellation.
  func describeCancellation(_ scope: ScopeRef) {
    let text = cause(of: scope)
    let error = taskError(.cancelled, text, place: scopeExtra(scope, "waited"))
    guard error.isTable else { return }
    if scope.pointee.cause == .deadlock {
      let help = "each line above is a wait: add the set, send, close or unlock that would end one"
      setErrorField(error, "help", Value(string(help)))
    }
    setErrorField(error, "reason", scope.pointee.reason)
    setErrorField(error, "stage", Value(1))
    setErrorField(error, "scope", scopeExtra(scope, "name"))
    setErrorField(error, "source", Value(Int(scope.pointee.source)))
    setErrorField(error, "history", scopeExtra(scope, "history"))
    scope.pointee.cancelled = error.table
    barrier(error)
  }

  /// A line that says why a task is being cancelled.
  func whyCancelled(_ task: TaskRef) -> String {
    source(of: task).map { "\n  it was to end because \(cause(of: $0))" } ?? ""
  }

  /// Why a scope is being cancelled, in words.
  func cause(of scope: ScopeRef) -> String {
    let name = describe(scope)
    let who = scope.pointee.source > 0 ? " by #\(scope.pointee.source)" : ""
    let reason = scope.pointee.reason
    let said =
      reason.isString
      ? ": \(reason.string.description(upTo: 200))"
      : reason.isNumber ? ": \(numberToString(reason).description)" : ""
    switch scope.pointee.cause {
    case .none, .request: return "\(name) was cancelled\(who)\(said)"
    case .deadline:
      let owner = scope.pointee.owner.map { " by \(describe($0))" } ?? ""
      let place = place(ofSite: scope.pointee.site).map { "set at \($0)\(owner)" }
      let deadline = "deadline \(Self.seconds(scope.pointee.duration))"
      // A scope without a name is called by its place, which need not be told twice.
      if let place, scopeExtra(scope, "name").isNil { return "\(deadline) \(place) expired" }
      return "\(deadline) of \(name)\(place.map { " (\($0))" } ?? "") expired"
    case .siblingFailed: return "task #\(scope.pointee.source) of \(name) failed\(said)"
    case .bodyFailed: return "the body of \(name) failed\(said)"
    case .deadlock:
      return reason.isString
        ? reason.string.description(upTo: 4000)
        : "\(name) can never end: nothing in it can go on"
    case .host: return "\(name) was cancelled by the host\(said)"
    case .finished: return "what the daemon served is done"
    }
  }

  static func seconds(_ nanoseconds: UInt64) -> String {
    let value = Double(nanoseconds) / 1e9
    return value == value.rounded() ? "\(Int64(value))s" : "\(value)s"
  }
}
