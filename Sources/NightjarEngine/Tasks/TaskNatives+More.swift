// Functions the Lua part of the library stands on, and those that tell about tasks.

internal import NightjarBase

extension TaskNatives {
  static let finallyName: StaticString = "finally"

  /// What the library's own text is given beside the public functions.
  static let internals: [NativeDefinition] = [
    NativeDefinition.stateMachine(finallyName) { NativeCall.enter($0, $1, $2, $3, finally) }
      .stoppingCancellation,
    .leaf("current_scope") { NativeCall.enter($0, $1, $2, $3, currentScope) },
    .leaf("cancellation") { NativeCall.enter($0, $1, $2, $3, cancellation) },
    .leaf("fail") { NativeCall.enter($0, $1, $2, $3, fail) },
    .leaf("stats") { NativeCall.enter($0, $1, $2, $3, stats) },
  ]

  /// Those that tell about other tasks, where the settings allow it.
  static let inspections: [NativeDefinition] = [
    .leaf("tree") { NativeCall.enter($0, $1, $2, $3, tree) },
    .leaf("why") { NativeCall.enter($0, $1, $2, $3, why) },
    .leaf("trace") { NativeCall.enter($0, $1, $2, $3, trace) },
    .leaf("stuck") { NativeCall.enter($0, $1, $2, $3, stuck) },
  ]

  /// `finally(nil, cleanup, body, …)`: calls the body, then the cleanup, however the body ended.
  ///
  /// Phases: 1 the body returned; 2 the cleanup after it; 3 the cleanup after a failure.
  static func finally(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    switch call.phase {
    case 0:
      try call.checkFunction(2)
      try call.checkFunction(3)
      try vm.protect()
      return .call(at: 3, call.count - 3, then: 1)
    case 1:
      vm.unprotect()
      let end = 3 + call.count
      try call.reserve(3, after: end)
      call[1] = Value(call.count)
      call[end] = call[2]
      return .call(at: end, 0, then: 2)
    case 2: return .results(Int(call[1].integer), from: 3)
    case NativeCall.failedPhase:
      vm.unprotect()
      let cleanup = call[2]
      call[2] = call[1]
      call[3] = cleanup
      return .call(at: 3, 0, then: 3)
    default: throw vm.raise(value: call[2])
    }
  }

  /// The innermost scope that the running task is in.
  static func currentScope(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let scope = call.vm.currentTask?.pointee.scope else {
      throw call.vm.raise(value: call.vm.taskError(.noTask, "no task runs here"))
    }
    return call.returns(Value(scope))
  }

  /// Whether the running task is being cancelled, and the reason given.
  static func cancellation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let task = call.vm.currentTask, let scope = call.vm.source(of: task) else {
      return call.returns(Value(false))
    }
    let reason = scope.pointee.reason
    let text = reason.isNil ? try call.string(Array(call.vm.cause(of: scope).utf8)) : reason
    return call.returns(Value(true), text)
  }

  /// Refuses an argument of a function of the library's text: a message, and how it is called.
  static func fail(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let message = String(decoding: try call.checkBytes(1), as: UTF8.self)
    let error = call.vm.taskError(.argument, message)
    if call.count >= 2 { call.vm.setErrorField(error, "help", call[2]) }
    throw call.vm.raise(value: error)
  }

  /// Whether a drawing is asked for, by "dot" as the argument `n`.
  private static func wantsDiagram(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Bool {
    let form = call.argument(n)
    if form.isNil { return false }
    guard form.isString, form.string.description == "dot" else {
      throw call.argumentError(n, "\"dot\" or nothing expected")
    }
    return true
  }

  static func tree(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let text = try wantsDiagram(call, 1) ? call.vm.waitDiagram() : call.vm.taskTree()
    call.charge(text.utf8.count)
    return call.returns(try call.string(Array(text.utf8)))
  }

  static func why(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let task = try task(call, 1)
    let text = try wantsDiagram(call, 2) ? call.vm.waitDiagram(of: task) : call.vm.why(task)
    call.charge(text.utf8.count)
    return call.returns(try call.string(Array(text.utf8)))
  }

  static func trace(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let task = call.argument(1).isNil ? vm.currentTask : try task(call, 1)
    guard let task else { return call.returns(.nil) }
    let text = vm.taskTrace(task, isFull: call.argument(2).isString)
    call.charge(text.utf8.count)
    return call.returns(try call.string(Array(text.utf8)))
  }

  /// `task.stuck()`: collects everything and lists what was found for the first time: tables with `id`,
  /// `verdict` and `message`.
  static func stuck(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let found = vm.examineTasks()
    vm.chargeCollection()
    let list = vm.newTable()
    for (index, finding) in found.enumerated() {
      let entry = vm.newTable()
      try vm.rawSet(entry, Value(vm.string("id" as StaticString)), call.number(Int(finding.id)))
      let verdict = Value(vm.string(finding.verdict.rawValue))
      try vm.rawSet(entry, Value(vm.string("verdict" as StaticString)), verdict)
      let text = Value(vm.string(finding.text))
      try vm.rawSet(entry, Value(vm.string("message" as StaticString)), text)
      try vm.rawSet(list, integer: Int64(index + 1), Value(entry))
    }
    return call.returns(Value(list))
  }

  /// Counters of the kernel.
  static func stats(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let table = vm.newTable()
    guard let kernel = vm.pointee.tasks else { return call.returns(Value(table)) }
    call.charge(128)
    let counters = kernel.pointee.counters
    let fields: [(StaticString, UInt64)] = [
      ("live", UInt64(kernel.pointee.liveCount)), ("spawned", counters.spawned),
      ("ended", counters.ended), ("switches", counters.switches), ("parks", counters.parks),
      ("wakes", counters.wakes), ("cancellations", counters.cancellations),
      ("raises", counters.raises), ("timers", counters.timers), ("sends", counters.sends),
      ("dropped", counters.dropped), ("orphaned_results", counters.orphanedAnswers),
      ("interruptions", counters.interruptions), ("deadlocks", counters.deadlocks),
      ("unreachable", counters.unreachable),
      ("suspicious", counters.suspicious), ("hogs", counters.hogs),
      ("hog_fuel", counters.hogFuel),
      ("peak_live", UInt64(counters.peakLive)), ("timers_set", UInt64(kernel.pointee.timers.count)),
    ]
    for (name, value) in fields {
      try vm.rawSet(table, Value(vm.string(name)), call.number(Int(clamping: value)))
    }
    return call.returns(Value(table))
  }
}
