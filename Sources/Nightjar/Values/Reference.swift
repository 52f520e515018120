// What every handle is made of: a machine's core and the number under which the engine keeps the value.

import NightjarEngine

/// A value of the engine.
typealias Slot = NightjarEngine.Value

/// The engine's machine, from inside this module.
typealias Engine = NightjarEngine.Machine

/// Keeps one object of a script alive.
final class Reference: Equatable {
  let core: Core
  private let handle: Handle

  /// - Precondition: the core's machine is alive.
  init(_ slot: Slot, in core: Core) {
    self.core = core
    handle = core.engine.retain(slot)
  }

  deinit {
    if core.isAlive { core.engine.release(handle) }
  }

  /// The value; nil of the script when the machine is gone.
  var slot: Slot { core.isAlive ? core.engine.value(of: handle) : .nil }

  static func == (left: Reference, right: Reference) -> Bool {
    left.core === right.core && left.core.engine.rawEquals(left.slot, right.slot)
  }
}

/// What a machine and its handles share. Handles and host functions may live longer than the machine and
/// refer to it; the engine behind it ends with the machine all the same.
final class Core {
  let engine: Engine
  private(set) var isAlive = true
  /// The machine, while it is alive.
  unowned var machine: Machine

  init(_ engine: Engine, machine: Machine) {
    self.engine = engine
    self.machine = machine
  }

  /// Ends the machine: scripts and host functions are given up; handles read as nil.
  func end() {
    isAlive = false
    engine.shutDown()
  }

  /// A value as Swift sees it.
  func value(_ slot: Slot) -> Value {
    switch engine.read(slot) {
    case .nil: .nil
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(Int(value))
    case .number(let value): .number(value)
    case .string(let bytes): .string(ByteString(bytes))
    case .table: .table(Table(reference: Reference(slot, in: self)))
    case .function: .function(Function(reference: Reference(slot, in: self)))
    case .coroutine: .coroutine(Coroutine(reference: Reference(slot, in: self)))
    case .object: .object(Object(reference: Reference(slot, in: self)))
    }
  }

  /// A value as the engine has it.
  ///
  /// - Throws: when it belongs to another machine, or memory is out.
  func slot(_ value: Value) throws(ScriptError) -> Slot {
    switch value {
    case .nil: .nil
    case .boolean(let value): Slot(value)
    case .integer(let value): Slot(value)
    case .number(let value): Slot(value)
    case .string(let value): try slot(bytes: value.bytes)
    case .table(let table): try own(table.reference)
    case .function(let function): try own(function.reference)
    case .coroutine(let coroutine): try own(coroutine.reference)
    case .object(let object): try own(object.reference)
    }
  }

  private func own(_ reference: Reference) throws(ScriptError) -> Slot {
    guard reference.core === self else {
      throw ScriptError(.runtime, "the value belongs to another machine")
    }
    return reference.slot
  }

  func slot(bytes: [UInt8]) throws(ScriptError) -> Slot {
    do throws(NightjarEngine.ScriptError) {
      return try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(NightjarEngine.ScriptError) in
        try unsafe engine.makeString(bytes)
      }
    } catch { throw failure() }
  }

  /// The error that the engine has just raised, as Swift sees it.
  func failure() -> ScriptError {
    let slot = engine.errorValue
    let report = engine.failure
    let text = engine.text(of: slot)
    let message =
      text.map { String(decoding: $0, as: UTF8.self) }
      ?? "(error object is a \(engine.typeName(of: slot)) value)"
    var error = ScriptError(.runtime, message)
    if message == "not enough memory" { error.kind = .outOfMemory }
    error.chunkName = report?.chunkName
    error.line = report?.line
    error.traceback = report.map { String(decoding: $0.traceback, as: UTF8.self) } ?? ""
    if case .object(let object?) = engine.read(slot), let thrown = object as? ThrownError {
      error.message = thrown.description
      error.underlying = thrown.error
    }
    return error
  }
}
