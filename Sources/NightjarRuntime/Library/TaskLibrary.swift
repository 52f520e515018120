// The library `task`: the kernel's functions, and those written in Lua, which are compiled when the first of
// them is asked for.

internal import NightjarBytecode
package import NightjarEngine

/// Opens the library.
package enum TaskLibrary {
  /// The name under which the library's table is known.
  private static let toString = NativeDefinition.leaf("tostring") {
    NativeCall.enter($0, $1, $2, $3, describe)
  }

  private static let index = NativeDefinition.stateMachine("index") {
    NativeCall.enter($0, $1, $2, $3, load)
  }

  /// Makes the task system of a machine and the globals `task` and `defer`.
  ///
  /// Called again it has no effect.
  package static func open(_ machine: Machine, _ settings: TaskSettings) {
    if machine.hasTasks { return }
    let table = machine.openTasks(settings)
    let metatables = machine.taskErrorMetatables
    for metatable in [metatables.errors, metatables.cancellations] {
      machine.setField(metatable, "__tostring", machine.makeNative(toString))
    }
    machine.setField(metatables.errors, "__name", machine.string(Array("task error".utf8)))
    machine.setField(metatables.cancellations, "__name", machine.string(Array("cancellation".utf8)))
    let metatable = machine.newTable()
    // What the library's text defines stands here first, and then in the table, which scripts may not write.
    let made = machine.newTable()
    let behind = machine.newTable()
    machine.setField(behind, "__index", table)
    machine.setMetatable(of: made, to: behind)
    let lazy = machine.makeNative(index, upvalues: [machine.taskInternals(), made])
    machine.setField(metatable, "__index", lazy)
    machine.setMetatable(of: table, to: metatable)
    machine.shareGlobal("defer", machine.field(table, "defer"))
  }

  /// The text of an error: code, kind and message, where it happened, what failed while cleaning up, and what
  /// to do about it.
  private static func describe(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let error = call.argument(1)
    func text(_ name: String) -> [UInt8] { call.bytes(of: call.field(error, name)) }
    var line = text("code") + [0x20] + text("kind") + Array(": ".utf8) + text("message")
    let place = text("place")
    if !place.isEmpty {
      for row in place.split(separator: 0x0A) { line += Array("\n  ".utf8) + row }
    }
    let suppressed = call.field(error, "suppressed")
    var position = 0
    while let entry = call.nextEntry(of: suppressed, &position) {
      line += Array("\n  while cleaning up: ".utf8)
      line += call.bytes(of: entry.value)
      line += call.bytes(of: call.field(entry.value, "message"))
    }
    if let help = TaskHelp.all[String(decoding: text("code"), as: UTF8.self)] {
      let own = text("help")
      line += Array("\n  help: ".utf8) + (own.isEmpty ? Array(help.advice.utf8) : own)
      line += Array("; see \(help.link)".utf8)
    }
    return call.returns(try call.string(line))
  }

  // A field that is not there yet. Phases: 1 the library's text has run.
  private static func load(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 1 {
      try call.fill(call[1], from: call.upvalue(1))
      return call.returns(call.rawGet(call[1], call[2]))
    }
    guard call.argument(1).isTable, !call.upvalue(0).isNil else {
      // Where there was no memory for the copy, it is here.
      return call.returns(call.rawGet(call.upvalue(1), call.argument(2)))
    }
    let internals = call.upvalue(0)
    call.setUpvalue(0, .nil)
    call[3] = try call.library(TaskText.source, named: "task")
    call[4] = call.upvalue(1)
    call[5] = internals
    return .call(at: 3, 2, then: 1)
  }
}

extension NativeCall {
  /// The function of a library's text.
  func library(_ text: String, named name: String) throws(ScriptError) -> Value {
    switch try compile(
      Array(text.utf8),
      chunkName: Array("=\(name)".utf8),
      mode: nil,
      environment: nil
    ) {
    case .failure(let failure): throw raise(String(decoding: failure.message, as: UTF8.self))
    case .success(let function): return function
    }
  }
}
