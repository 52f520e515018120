// What a machine and its handles share. Handles and host functions may live longer than the machine and
// refer to the core; the engine behind it ends with the machine all the same.

import NightjarBase
import NightjarEngine

/// A value of the engine.
typealias Slot = NightjarEngine.Value

/// The engine's machine, from inside this module.
typealias Engine = NightjarEngine.Machine

/// The mark that the engine has raised an error.
typealias EngineError = NightjarEngine.ScriptError

/// The core, from inside this module.
typealias Core = _MachineCore

/// What a machine and its handles share; public only because conversions are inlined.
public final class _MachineCore {
  let engine: Engine
  private(set) var isAlive = true
  /// Whether the machine's Lua has a subtype for integers.
  private let hasIntegers: Bool
  // SAFETY: set by the machine's initialiser and taken away in its deinitialiser.
  private unowned(unsafe) var machine: Machine?
  /// What a watchdog sees of the host's functions.
  private(set) lazy var watch = CallWatch()
  /// Whether a runtime looks at all of them, and not only at those that say how long they take.
  var isWatched = false
  /// Fuel, deadline and cancellation of the calls under way.
  var meter: Meter
  /// What the system calls of scripts ask before they wait.
  let patience = Patience()
  /// What conversions have copied.
  var copies = Copies()
  /// Metatables of host types, by the identity of their descriptions.
  var metatables: [ObjectIdentifier: Handle] = [:]
  /// The descriptions of those, which keep their identities.
  var described: [ScriptType] = []
  /// The descriptions given to `expose`.
  var exposed: [ScriptType] = []
  /// What was given to `define`, in order.
  var definitions: [Definition] = []
  /// The calls of the host that its tasks wait for.
  var hostCalls: HostCalls?
  /// What tasks may wait for in the world.
  var world: World?
  /// What scripts can require, once the host has said so.
  var modules: Modules?

  init(_ engine: Engine, meter: Meter) {
    self.engine = engine
    self.meter = meter
    hasIntegers = engine.dialect.rules.hasIntegers
    patience.left = { [unowned self] in self.meter.nanosecondsLeft }
    patience.giveUp = { [unowned self] in self.meter.withdraw(self.engine) }
  }

  /// Tells the core whose it is.
  func begin(_ machine: Machine) { unsafe self.machine = machine }

  /// Ends the machine: scripts and host functions are given up; handles read as nil.
  func end() {
    isAlive = false
    unsafe machine = nil
    modules = nil
    // What waits while the machine is taken apart, output or the end of a program, has a moment.
    let end = ContinuousClock.now + .seconds(1)
    patience.left = { Meter.nanoseconds(until: end) }
    patience.giveUp = nil
    engine.shutDown()
  }

  /// The machine; an error when it has ended.
  var liveMachine: Machine {
    get throws(ScriptError) {
      guard let machine = unsafe machine else { throw .machineEnded }
      return machine
    }
  }

  // MARK: Values

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
    case .integer(let value): admitted(Slot(value))
    case .number(let value): Slot(value)
    case .string(let value): try slot(bytes: value.bytes)
    case .table(let table): try own(table.reference)
    case .function(let function): try own(function.reference)
    case .coroutine(let coroutine): try own(coroutine.reference)
    case .object(let object): try own(object.reference)
    }
  }

  /// The value as the machine's Lua has it: before 5.3 all numbers are floats.
  func admitted(_ slot: Slot) -> Slot {
    if hasIntegers || !slot.isInteger { return slot }
    return engine.number(of: slot).map { Slot($0) } ?? slot
  }

  private func own(_ reference: Reference) throws(ScriptError) -> Slot {
    guard reference.core === self else {
      throw ScriptError(.runtime, "the value belongs to another machine")
    }
    return reference.slot
  }

  func slot(bytes: [UInt8]) throws(ScriptError) -> Slot {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(ScriptError) in
      try unsafe slot(bytes: bytes)
    }
  }

  func slot(bytes: UnsafeBufferPointer<UInt8>) throws(ScriptError) -> Slot {
    do throws(EngineError) { return try unsafe engine.makeString(bytes) } catch { throw failure() }
  }

  // MARK: Errors

  /// The error that the engine has just raised, as Swift sees it.
  func failure() -> ScriptError {
    let slot = engine.errorValue
    let report = engine.failure
    let text = engine.text(of: slot, upTo: ScriptError.messageByteCountMax)
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
      if let inner = thrown.error as? ScriptError, inner.kind != .runtime {
        error.kind = inner.kind
      }
    } else if text == nil {
      let copy = PlainValue(value(slot))
      if case .string(let text)? = copy["message"] { error.message = text.description }
      error.value = copy
    }
    return error
  }
}
