// What fails in a scope, in order, and what the scope fails with in the end.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The native frame on top no longer stops errors.
  func unprotect() {
    let frame = pointee.frame
    if frame.pointee.isNative && frame.pointee.has(Frame.Flag.catches) {
      frame.pointee.info &= ~Frame.Flag.catches
      pointee.fiber.pointee.protectedDepth -= 1
    }
  }

  /// A coroutine must not yield out of a scope that it has opened: whoever resumes it next would find itself
  /// under a deadline that is not its own.
  ///
  /// Nor out of a section that must not suspend, which would not end.
  ///
  /// - Throws: an error when it is about to.
  @inline(__always)
  func checkYield(_ kernel: KernelRef) throws(ScriptError) {
    if kernel.pointee.nosuspendDepth != 0 { try checkSection(kernel) }
    guard let task = kernel.pointee.current, let scope = task.pointee.scope,
      scope.pointee.fiber == pointee.fiber, scope.pointee.owner == task
    else { return }
    let text = "a coroutine cannot yield inside \(describe(scope)), which it has opened"
    throw raise(value: taskError(.yieldInScope, text))
  }

  /// - Throws: an error when a section that must not suspend was entered on the running fiber.
  @inline(never)
  private func checkSection(_ kernel: KernelRef) throws(ScriptError) {
    guard let section = kernel.pointee.nosuspendNative else { return }
    var frame = pointee.frame
    while frame > pointee.fiber.pointee.frames {
      pointee.fuel &-= 1
      if frame.pointee.isNative, frame.pointee.function == UnsafeMutableRawPointer(section) {
        throw raise(
          value: taskError(.wouldSuspend, "a coroutine cannot yield out of task.nosuspend")
        )
      }
      frame = frame.below
    }
  }

  /// A child failed: the scope notes it and cancels the others.
  func noteFailure(of task: TaskRef, in scope: ScopeRef, _ error: Value) {
    guard let kernel = pointee.tasks, !scope.pointee.flags.contains(.collects) else { return }
    appendFailure(scope, error, of: task)
    let message =
      error.isTable ? rawGet(error.table, Value(string("message" as StaticString))) : error
    cancel(scope, .siblingFailed, message.isString ? message : .nil, by: task.pointee.id, kernel)
  }

  /// Remembers that a task was told another one's error at `join`, and may fail with it.
  func noteRethrow(_ error: Value, by task: TaskRef) {
    guard let kernel = pointee.tasks else { return }
    if kernel.pointee.joinedErrors.count >= 64 { kernel.pointee.joinedErrors.removeFirst(32) }
    kernel.pointee.joinedErrors.append((task.pointee.id, error.bits))
  }

  /// Whether an error is that of another child, which a task was told at `join`: it is not a second failure.
  private func isRethrown(_ error: Value, by task: TaskRef?, in scope: ScopeRef) -> Bool {
    guard let kernel = pointee.tasks, let task, let failures = scope.pointee.failures,
      kernel.pointee.joinedErrors.contains(where: {
        $0.task == task.pointee.id && $0.error == error.bits
      })
    else { return false }
    for index in 1...max(border(of: failures), 1) {
      let entry = rawGet(failures, Value(index))
      guard entry.isTable else { continue }
      let known = rawGet(entry.table, Value(string("error" as StaticString)))
      if known.bits == error.bits && known.tag == error.tag { return true }
    }
    return false
  }

  /// Enters an error in a scope's list, with the task it came from.
  func appendFailure(_ scope: ScopeRef, _ error: Value, of task: TaskRef?) {
    if isRethrown(error, by: task ?? scope.pointee.owner, in: scope) { return }
    if scope.pointee.failures == nil {
      scope.pointee.failures = newTable()
      barrier(scope.pointee.failures)
    }
    guard let failures = scope.pointee.failures else { return }
    let entry = newTable()
    try? rawSet(entry, Value(string("error" as StaticString)), error)
    if let task {
      try? rawSet(entry, Value(string("task" as StaticString)), Value(task))
      if let report = pointee.failure {
        try? rawSet(
          entry,
          Value(string("traceback" as StaticString)),
          Value(string(String(decoding: report.traceback, as: UTF8.self)))
        )
      }
    }
    try? rawSet(failures, integer: border(of: failures) + 1, Value(entry))
  }

  /// Whether an error is in a scope's list.
  func listsFailure(_ scope: ScopeRef, _ error: Value) -> Bool {
    guard let failures = scope.pointee.failures else { return false }
    let key = Value(string("error" as StaticString))
    for index in 0..<border(of: failures) {
      let entry = rawGet(failures, Value(index + 1))
      if entry.isTable, rawEquals(rawGet(entry.table, key), error) { return true }
    }
    return false
  }

  /// What a scope fails with: its only error as it is, or a group of several.
  func combinedFailure(of scope: ScopeRef) -> Value? {
    guard let failures = scope.pointee.failures else { return nil }
    let count = border(of: failures)
    let errorKey = Value(string("error" as StaticString))
    func error(_ index: Int64) -> Value {
      let entry = rawGet(failures, Value(index))
      return entry.isTable ? rawGet(entry.table, errorKey) : .nil
    }
    var combined: Value
    if count == 1 {
      combined = error(1)
    } else {
      var text = "\(count) errors in \(describe(scope)):"
      let list = newTable()
      for index in 1...count {
        let one = error(index)
        try? rawSet(list, integer: index, one)
        if index <= 5 { text += "\n  \(index). \(summary(of: one))" }
      }
      if count > 5 { text += "\n  and \(count - 5) more" }
      combined = taskError(.group, text)
      setErrorField(combined, "errors", Value(list))
    }
    let suppressed = scopeExtra(scope, "suppressed")
    if suppressed.isTable, combined.isTable {
      setErrorField(combined, "suppressed", suppressed)
    }
    return combined
  }

  /// An error in a line.
  func summary(of error: Value) -> String {
    if error.isString { return error.string.description(upTo: 300) }
    if error.isNumber { return numberToString(error).description }
    if error.isTable {
      let message = rawGet(error.table, Value(string("message" as StaticString)))
      let code = rawGet(error.table, Value(string("code" as StaticString)))
      if message.isString {
        let prefix = code.isString ? "\(code.string.description(upTo: 20)) " : ""
        return String((prefix + message.string.description(upTo: 300)).prefix(300))
      }
    }
    return "(error object is a \(typeName(of: error)) value)"
  }
}
