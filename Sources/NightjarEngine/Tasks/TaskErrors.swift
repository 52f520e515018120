// Errors of the task system: tables with a code, a kind and a message. `Cancelled` has a metatable of its
// own, by which unwinding knows that only scopes stop it.

internal import NightjarBase

/// The errors, by code.
enum TaskErrorKind {
  case noTask
  case scopeClosed
  case taskLimit
  case argument
  case wouldSuspend
  case wouldBlock
  case sandwich
  case yieldInScope
  case timeout
  case cancelled
  case taskCancelled
  case hostAbandoned
  case dropped
  case deadlock
  case unreachable
  case ownerDied
  case coroutineBusy
  case channelClosed
  case notOwner
  case group
  case inDoubt
  case hostBusy

  var code: StaticString {
    switch self {
    case .noTask: "NJ-A001"
    case .scopeClosed: "NJ-A002"
    case .taskLimit: "NJ-A003"
    case .argument: "NJ-A004"
    case .wouldSuspend: "NJ-A011"
    case .wouldBlock: "NJ-A012"
    case .sandwich: "NJ-A013"
    case .yieldInScope: "NJ-A014"
    case .timeout: "NJ-A020"
    case .cancelled: "NJ-A021"
    case .taskCancelled: "NJ-A022"
    case .hostAbandoned: "NJ-A023"
    case .dropped: "NJ-A024"
    case .inDoubt: "NJ-A025"
    case .hostBusy: "NJ-A026"
    case .deadlock: "NJ-A030"
    case .unreachable: "NJ-A031"
    case .ownerDied: "NJ-A032"
    case .coroutineBusy: "NJ-A033"
    case .channelClosed: "NJ-A034"
    case .notOwner: "NJ-A035"
    case .group: "NJ-A040"
    }
  }

  var name: StaticString {
    switch self {
    case .noTask: "NoTask"
    case .scopeClosed: "ScopeClosed"
    case .taskLimit: "TaskLimit"
    case .argument: "BadArgument"
    case .wouldSuspend: "WouldSuspend"
    case .wouldBlock: "WouldBlock"
    case .sandwich: "CannotSuspendHere"
    case .yieldInScope: "YieldInScope"
    case .timeout: "Timeout"
    case .cancelled: "Cancelled"
    case .taskCancelled: "TaskCancelled"
    case .hostAbandoned: "HostAbandoned"
    case .dropped: "Dropped"
    case .inDoubt: "InDoubt"
    case .hostBusy: "HostBusy"
    case .deadlock: "Deadlock"
    case .unreachable: "Unreachable"
    case .ownerDied: "OwnerDied"
    case .coroutineBusy: "CoroutineBusy"
    case .channelClosed: "ChannelClosed"
    case .notOwner: "NotOwner"
    case .group: "ErrorGroup"
    }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Whether an error is a cancellation, which only scopes stop.
  @inline(__always) func isCancellation(_ error: Value) -> Bool {
    guard error.isTable, let kernel = pointee.tasks else { return false }
    return error.table.pointee.metatable == kernel.pointee.cancellations
      && kernel.pointee.cancellations != nil
  }

  /// Whether a frame that catches errors stops cancellations too.
  func stopsCancellation(_ frame: FrameRef) -> Bool {
    guard frame.pointee.isNative else { return false }
    return frame.pointee.function.assumingMemoryBound(to: NativeObject.self).pointee.header.flags
      .contains(.stopsCancellation)
  }

  /// An error raised by cleanup while a cancellation unwinds does not take its place: it is kept beside.
  ///
  /// - Returns: whether the error being unwound stays.
  func keepCancellation(_ unwound: Value) -> Bool {
    guard isCancellation(unwound) else { return false }
    let raised = pointee.errorValue
    guard let task = pointee.tasks?.pointee.current else { return isCancellation(raised) }
    if isCancellation(raised) {
      // What is raised when the grace is over is told to what is closed from there on.
      guard let scope = source(of: task), isLate(scope, raised) else { return true }
      return !cancels(scope, unwound)
    }
    appendExtra(task, "suppressed", raised)
    // Those who run the cancellation find it; nobody else is told.
    return true
  }

  /// A new error value, made in a task, the running one if nil is given, or at a place that is known; `help` says
  /// what mends just this one, where the advice on its code does not.
  func taskError(
    _ kind: TaskErrorKind,
    _ message: String,
    of task: TaskRef? = nil,
    place: Value = .nil,
    help: StaticString? = nil
  ) -> Value {
    guard let kernel = pointee.tasks, let table = try? newTable(nodeCapacity: 5) else {
      return Value(string(message))
    }
    try? rawSet(table, Value(string("code" as StaticString)), Value(string(kind.code)))
    try? rawSet(table, Value(string("kind" as StaticString)), Value(string(kind.name)))
    try? rawSet(table, Value(string("message" as StaticString)), Value(string(message)))
    var place = place
    if place.isNil, let task = task ?? kernel.pointee.current {
      place = Value(string(taskPlace(task)))
    }
    try? rawSet(table, Value(string("place" as StaticString)), place)
    if let help { try? rawSet(table, Value(string("help" as StaticString)), Value(string(help))) }
    let metatable =
      kind.code.utf8Start == TaskErrorKind.cancelled.code.utf8Start
      ? kernel.pointee.cancellations : kernel.pointee.errors
    table.pointee.metatable = metatable
    barrier(metatable)
    pointee.fuel &-= 64
    return Value(table)
  }

  /// "task #3 charge at pay.lua:44", and the spawns up to `main`.
  func taskPlace(_ task: TaskRef) -> String {
    let fiber = task == currentTask ? pointee.fiber : task.pointee.leaf
    let place = fiber.flatMap { currentPlace(of: $0) }.map { " at \($0)" } ?? ""
    return (["task \(describe(task))\(place)"] + spawnLines(of: task, isFull: false))
      .joined(separator: "\n")
  }

  /// Says where a task was before where its end was heard of.
  func prependPlace(_ error: Value, _ place: Value) {
    guard error.isTable, place.isString else { return }
    let own = rawGet(error.table, Value(string("place" as StaticString)))
    let first = place.string.description(upTo: 1000).prefix { $0 != "\n" }
    guard own.isString else { return }
    setErrorField(error, "place", Value(string("\(first)\n\(own.string.description(upTo: 2000))")))
  }

  /// Refuses an argument of a function of the library, and says how it is called.
  func refuse(_ message: String, _ help: StaticString) -> ScriptError {
    raise(value: taskError(.argument, message, help: help))
  }

  /// Sets a field of an error value.
  func setErrorField(_ error: Value, _ name: StaticString, _ value: Value) {
    guard error.isTable else { return }
    try? rawSet(error.table, Value(string(name)), value)
  }

  /// How much of a name that a script has given shows in messages.
  static var nameLengthMax: Int { 100 }

  /// "#12 name", or "#12".
  ///
  /// Of names that scripts give it shows the beginning.
  func describe(_ task: TaskRef) -> String {
    let name = extra(of: task, "name")
    guard name.isString else { return "#\(task.pointee.id)" }
    return "#\(task.pointee.id) \(name.string.description(upTo: Self.nameLengthMax))"
  }

  /// "scope "x" (opened at a.lua:3) has ended", or "the scope at a.lua:3 has ended".
  func ended(_ scope: ScopeRef) -> String {
    let title = describe(scope)
    let isNamed = title.hasPrefix("scope")
    let place = isNamed ? place(ofSite: scope.pointee.site) : nil
    return "\(title)\(place.map { " (opened at \($0))" } ?? "") has ended"
  }

  /// A scope's name in quotes, or its place.
  func describe(_ scope: ScopeRef) -> String {
    let isRetired = scope.pointee.flags.contains(.retired)
    let name = isRetired ? scope.pointee.reason : scopeExtra(scope, "name")
    if name.isString { return "scope \"\(name.string.description(upTo: Self.nameLengthMax))\"" }
    if scope.pointee.flags.contains(.implicit) { return "the task" }
    return place(ofSite: scope.pointee.site).map { "the scope at \($0)" } ?? "a scope"
  }

  // MARK: Extras

  func extra(of task: TaskRef, _ name: StaticString) -> Value {
    task.pointee.extras.map { rawGet($0, Value(string(name))) } ?? .nil
  }

  func setExtra(of task: TaskRef, _ name: StaticString, _ value: Value) {
    if task.pointee.extras == nil {
      task.pointee.extras = newTable()
      barrier(task.pointee.extras)
    }
    if let extras = task.pointee.extras { try? rawSet(extras, Value(string(name)), value) }
  }

  func appendExtra(_ task: TaskRef, _ name: StaticString, _ value: Value) {
    var list = extra(of: task, name)
    if !list.isTable {
      list = Value(newTable())
      setExtra(of: task, name, list)
    }
    try? rawSet(list.table, integer: border(of: list.table) + 1, value)
  }

  func scopeExtra(_ scope: ScopeRef, _ name: StaticString) -> Value {
    scope.pointee.extras.map { rawGet($0, Value(string(name))) } ?? .nil
  }

  func setScopeExtra(_ scope: ScopeRef, _ name: StaticString, _ value: Value) {
    if scope.pointee.extras == nil {
      scope.pointee.extras = newTable()
      barrier(scope.pointee.extras)
    }
    if let extras = scope.pointee.extras { try? rawSet(extras, Value(string(name)), value) }
  }

  func appendScopeExtra(_ scope: ScopeRef, _ name: StaticString, _ value: Value) {
    var list = scopeExtra(scope, name)
    if !list.isTable {
      list = Value(newTable())
      setScopeExtra(scope, name, list)
    }
    try? rawSet(list.table, integer: border(of: list.table) + 1, value)
  }
}
