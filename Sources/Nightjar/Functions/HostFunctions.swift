// Swift closures as functions of scripts.

import NightjarEngine

extension Machine {
  /// A function of scripts that runs a closure.
  ///
  ///     machine["add"] = .function(machine.function { (a: Int, b: Int) in a + b })
  ///
  /// Arguments convert to the closure's parameters; a script that passes something else gets "bad
  /// argument #1 to 'add' (number expected, got string)". What the closure throws is an error in
  /// the script, which can catch it, and comes back as `ScriptError.underlying` when it does not.
  ///
  /// The closure must not keep handles of the machine alive that keep the machine alive in turn; they
  /// do not: handles never own the machine.
  public func function<each Parameter: ScriptConvertible, each Result: ScriptConvertible>(
    _ body: @escaping (repeat each Parameter) throws -> (repeat each Result)
  ) -> Function {
    let core = core!
    let slot = engine.makeHostFunction { [unowned core] (call) throws(EngineError) in
      var reader = ArgumentReader(call: call, core: core)
      let arguments = (repeat try reader.next((each Parameter).self))
      let results: (repeat each Result)
      do {
        results = try body(repeat each arguments)
      } catch { throw core.raise(error, in: call) }
      var writer = ResultWriter(call: call, core: core)
      for result in repeat each results { try writer.append(result) }
      return .results(writer.count)
    }
    return Function(reference: Reference(slot, in: core))
  }

  /// Makes a closure the global function of a name; see `function`.
  public func define<each Parameter: ScriptConvertible, each Result: ScriptConvertible>(
    _ name: String,
    _ body: @escaping (repeat each Parameter) throws -> (repeat each Result)
  ) {
    self[name] = .function(function(body))
  }

  /// A function of scripts that takes and gives any number of values.
  public func function(values body: @escaping ([Value]) throws -> [Value]) -> Function {
    let core = core!
    let slot = engine.makeHostFunction { [unowned core] (call) throws(EngineError) in
      var arguments: [Value] = []
      var position = 1
      while position <= call.count {
        arguments.append(core.value(call[position]))
        position += 1
      }
      let results: [Value]
      do { results = try body(arguments) } catch { throw core.raise(error, in: call) }
      var call = call
      try call.reserve(results.count, after: 0)
      var writer = ResultWriter(call: call, core: core)
      for result in results { try writer.append(result) }
      return .results(writer.count)
    }
    return Function(reference: Reference(slot, in: core))
  }
}

/// Converts the arguments of a call one after the other.
struct ArgumentReader {
  let call: NativeCall
  let core: Core
  private var position = 0

  init(call: NativeCall, core: Core) {
    self.call = call
    self.core = core
  }

  mutating func next<Parameter: ScriptConvertible>(
    _ type: Parameter.Type
  ) throws(EngineError) -> Parameter {
    position += 1
    do throws(ConversionError) {
      return try Parameter(scriptValue: core.value(call.argument(position)))
    } catch {
      let isMissing = position > call.count && error.path.isEmpty
      throw call.argumentError(
        position,
        isMissing ? "\(error.expected) expected, got no value" : error.description
      )
    }
  }
}

/// Puts results where a native returns them from.
struct ResultWriter {
  let call: NativeCall
  let core: Core
  private(set) var count = 0

  init(call: NativeCall, core: Core) {
    self.call = call
    self.core = core
  }

  mutating func append(_ result: some ScriptConvertible) throws(EngineError) {
    do throws(ScriptError) {
      call[count] = try core.slot(result.scriptValue(in: core.machine))
    } catch { throw core.raise(error, in: call) }
    count += 1
  }
}

extension Core {
  /// Raises a Swift error as an error of the script: an object that `tostring` shows.
  func raise(_ error: any Error, in call: NativeCall) -> EngineError {
    call.raise(engine.makeUserdata(ThrownError(error), metatable: thrownErrorMetatable))
  }

  private var thrownErrorMetatable: Slot {
    let registry = engine.registry
    let known = engine.field(registry, "NIGHTJAR_ERROR")
    if known.isTable { return known }
    let metatable = engine.newTable()
    engine.setField(metatable, "__name", engine.string(Array("error".utf8)))
    let show = engine.makeHostFunction { [unowned self] (call) throws(EngineError) in
      let thrown = call.hostObject(call.argument(1)) as? ThrownError
      return call.returns(engine.string(Array((thrown?.description ?? "error").utf8)))
    }
    engine.setField(metatable, "__tostring", show)
    engine.setField(metatable, "__metatable", Slot(false))
    engine.setField(registry, "NIGHTJAR_ERROR", metatable)
    return metatable
  }
}
