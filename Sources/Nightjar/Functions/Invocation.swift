// One call of a host function, as the adaptors that `function` makes around closures see it. They are
// inlined into the embedder's code, where the types are known: a call of a closure with two integers
// costs half of what it does through tables of conformances (`make bench`). So this is public, but
// underscored: no one else needs it.

import NightjarEngine

/// A call of a host function under way; an implementation detail of `Machine.function`.
public struct _Invocation {
  private var call: NativeCall
  private let core: _MachineCore
  private var position = 0
  private(set) var resultCount = 0

  init(_ call: NativeCall, core: _MachineCore) {
    self.call = call
    self.core = core
    core.copies.callByteCount = 0
  }

  /// The next argument; nil of the script behind the last one.
  public mutating func _argument() -> _StoredValue {
    position += 1
    return _StoredValue(call.argument(position), core: core)
  }

  /// All arguments that are left.
  ///
  /// - Throws: the refusal of one, when they are more than the machine may hold in copies.
  mutating func rest() throws -> [Value] {
    var values: [Value] = []
    do throws(ConversionError) {
      try core.noteCopy(0)
      core.copies.depth += 1
      defer { core.copies.depth -= 1 }
      while position < call.count {
        let argument = _argument()
        try argument.noteCopy()
        values.append(argument.value)
      }
    } catch { throw _refusal(error) }
    return values
  }

  /// The object of the host that the next argument is; nil for others.
  mutating func hostObject() -> AnyObject? {
    position += 1
    return call.hostObject(call.argument(position))
  }

  /// The number of the running task; 0 when none runs.
  var taskID: UInt32 { call.taskID }

  /// The place that called the function, by a number that is cheap to get.
  var site: UInt32 { call.site }

  /// "file:line" of such a number.
  func place(ofSite number: UInt32) -> String { call.place(ofSite: number) }

  /// Charges fuel beyond the instructions.
  func charge(_ fuel: Int) {
    if fuel > 0 { call.charge(fuel) }
  }

  /// Raises the error that the argument read last is of the wrong type.
  public func _refusal(_ error: ConversionError) -> any Error {
    let isMissing = position > call.count && error.path.isEmpty
    let message =
      isMissing ? "\(error.expected) expected, got no value" : error.description
    return Refusal(raised: call.argumentError(position, message))
  }

  /// Raises an error with the place of the calling script.
  func failure(_ message: String) -> any Error { Refusal(raised: call.raise(message)) }

  /// Appends a result.
  @inlinable
  public mutating func _append(_ result: some ScriptConvertible) throws(ScriptError) {
    _append(try result._store(in: _core))
  }

  /// Where results are made.
  public var _core: _MachineCore { core }

  /// Appends a stored result.
  @usableFromInline
  mutating func _append(_ result: _StoredValue) {
    call[resultCount] = result.slot
    resultCount += 1
  }

  /// Returns values of the machine.
  mutating func results(_ slots: [Slot]) throws -> NativeOutcome {
    do throws(EngineError) {
      try call.reserve(slots.count, after: 0)
    } catch { throw Refusal(raised: error) }
    for (index, slot) in slots.enumerated() { call[index] = slot }
    return .results(slots.count)
  }

  /// Appends any number of results.
  mutating func append(_ results: [Value]) throws {
    do throws(EngineError) {
      try call.reserve(results.count, after: 0)
    } catch { throw Refusal(raised: error) }
    for result in results { _append(_StoredValue(try core.slot(result), core: core)) }
  }
}

/// An error whose value in the script is a string, as those of the libraries are: what hosts without
/// errors of Swift's raise.
package enum PlainError: Error {
  /// A message, which gets the caller's chunk and line.
  case message(String)
  /// What is wrong with an argument, counted from 1.
  case argument(Int, String)
}

/// The mark that the engine knows of an error already.
struct Refusal: Error {
  let raised: EngineError
}

extension ScriptConvertible {
  /// Converts the next argument of a call.
  @inlinable
  public static func _next(_ call: inout _Invocation) throws -> Self {
    do throws(ConversionError) {
      return try Self(_stored: call._argument())
    } catch { throw call._refusal(error) }
  }
}

extension Machine {
  /// A function whose calls an adaptor carries out.
  public func _native(_ body: @escaping (inout _Invocation) throws -> Void) -> Function {
    Function(reference: Reference(core.native(nil, body), in: core))
  }
}

extension _MachineCore {
  /// A function whose calls an adaptor carries out.
  func native(
    _ declaration: _Declaration?,
    _ body: @escaping (inout _Invocation) throws -> Void
  ) -> Slot {
    // SAFETY: the engine owns the closure and its core owns the engine, so whoever runs this is alive.
    engine.makeHostFunction { [unowned(unsafe) self] (call) throws(EngineError) in
      let core = unsafe self
      var invocation = _Invocation(call, core: core)
      let outer: CallWatch.Outer?
      if let declaration {
        invocation.charge(declaration.fuel)
        outer = declaration.watch.begin(declaration.number, invocation)
      } else {
        outer = core.isWatched ? core.watch.enter() : nil
      }
      defer { if let outer { core.returned(outer) } }
      do {
        try body(&invocation)
      } catch { throw core.raise(error, in: call) }
      return .results(invocation.resultCount)
    }
  }

  /// A function of the host has returned; if it took the time of the machine's turn, the script is to pause.
  private func returned(_ outer: CallWatch.Outer) {
    watch.end(outer)
    if watch.isTimeUp { meter.withdraw(engine) }
  }

  /// Raises a Swift error as an error of the script: an object that `tostring` shows.
  func raise(_ error: any Error, in call: NativeCall) -> EngineError {
    if let refusal = error as? Refusal { return refusal.raised }
    switch error as? PlainError {
    case .message(let text)?: return call.raise(text)
    case .argument(let position, let text)?: return call.argumentError(position, text)
    case nil: break
    }
    return call.raise(errorObject(error))
  }

  /// The object that stands for a Swift error in a script.
  func errorObject(_ error: any Error) -> Slot {
    engine.makeUserdata(ThrownError(error), metatable: thrownErrorMetatable)
  }

  private var thrownErrorMetatable: Slot {
    let registry = engine.registry
    let known = engine.field(registry, "NIGHTJAR_ERROR")
    if known.isTable { return known }
    let metatable = engine.newTable()
    engine.setField(metatable, "__name", engine.string(Array("error".utf8)))
    let show = engine.makeHostFunction { (call) throws(EngineError) in
      let thrown = call.hostObject(call.argument(1)) as? ThrownError
      return call.returns(call.string(thrown?.description ?? "error"))
    }
    // ORDER: docs/book/embedding.md, "Classes of functions", has the fields.
    let field = engine.makeHostFunction { (call) throws(EngineError) in
      guard let thrown = call.hostObject(call.argument(1)) as? ThrownError else {
        return call.returns(.nil)
      }
      switch String(decoding: try call.checkBytes(2), as: UTF8.self) {
      case "type": return call.returns(call.string("\(type(of: thrown.error))"))
      case "message": return call.returns(call.string(thrown.description))
      case "traceback":
        let trace = (thrown.error as? ScriptError)?.traceback ?? ""
        return call.returns(trace.isEmpty ? .nil : call.string(trace))
      default: return call.returns(.nil)
      }
    }
    engine.setField(metatable, "__tostring", show)
    engine.setField(metatable, "__index", field)
    engine.setField(metatable, "__metatable", Slot(false))
    engine.setField(registry, "NIGHTJAR_ERROR", metatable)
    return metatable
  }
}
