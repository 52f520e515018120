// The machine: what embedders make, give things to and run code in.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary

/// A machine of its own: one heap of script objects with globals and libraries.
///
/// A machine is used from one task at a time (it is not `Sendable`); any number of them may exist in a
/// process and run at once. Nothing outside is reachable from it but what its configuration and the
/// host's functions give.
public final class Machine {
  let core: Core
  var engine: Engine { core.engine }
  /// The Lua of texts given to `eval` and `load`.
  public let dialect: Dialect

  /// Makes a machine with the libraries that its capabilities have a use for.
  ///
  /// Library tables and the metatable of strings cannot be changed by scripts.
  public init(
    _ configuration: Configuration = Configuration(),
    capabilities: Capabilities = Capabilities()
  ) {
    let engine = Engine(
      limits: configuration.limits.base,
      seed: capabilities.entropy.seed(configuration.seed),
      dialect: configuration.dialect.base,
      compiler: LuaChunkCompiler(allowsBinary: configuration.allowsBinaryChunks)
    )
    let limits = configuration.limits
    core = Core(engine, meter: Meter(fuel: limits.fuel, timeLimit: limits.time))
    if let memory = limits.memory { core.copies.byteCountMax = max(memory, 0) }
    dialect = configuration.dialect
    core.begin(self)
    engine.capabilities = capabilities.base(within: limits, core.patience)
    core.world = World(capabilities, limits)
    var options = SandboxOptions()
    options.hasBinaryChunks = configuration.allowsBinaryChunks
    options.hasWholeDebug = configuration.allowsUnsafeDebug
    options.modulePath = configuration.modulePath
    engine.openSandbox(options)
    core.meter.set(core.meter.left(engine) - engine.fuel, engine)
  }

  deinit { core.end() }

  // MARK: Resources

  /// The fuel that is left, where the limits bound it.
  ///
  /// Setting it gives more, or less.
  public var fuel: Int {
    get { Int(clamping: max(core.meter.left(engine), 0)) }
    set { core.meter.set(Int64(newValue), engine) }
  }

  /// Ends the machine's calls from any thread.
  public var killSwitch: KillSwitch { core.meter.killSwitch }

  /// Bytes the script's objects use now.
  public var memoryUsed: Int { engine.byteCount }

  // MARK: Code

  /// Compiles and runs a chunk, and converts what it returns.
  ///
  ///     let sum: Int = try machine.eval("return 1 + 2")
  ///
  /// - Throws: `ScriptError` when it does not compile or fails.
  public func eval<Result: ScriptConvertible>(
    _ source: String,
    name: String = "script",
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    try load(source, name: name).call(as: type)
  }

  /// Compiles and runs a chunk, and converts several results.
  ///
  ///     let (name, size) = try machine.eval("return 'x', 2", as: (String, Int).self)
  ///
  /// - Throws: `ScriptError` when it does not compile or fails.
  public func eval<each Result: ScriptConvertible>(
    _ source: String,
    name: String = "script",
    as types: (repeat each Result).Type
  ) throws(ScriptError) -> (repeat each Result) {
    try load(source, name: name).call(as: (repeat each Result).self)
  }

  /// Compiles and runs a chunk for what it does.
  ///
  /// - Throws: `ScriptError` when it does not compile or fails.
  public func eval(_ source: String, name: String = "script") throws(ScriptError) {
    try load(source, name: name).call()
  }

  /// The function of a compiled chunk in this machine.
  public func load(_ chunk: Chunk) throws(ScriptError) -> Function {
    do throws(EngineError) {
      return Function(reference: Reference(try engine.makeFunction(chunk.image), in: core))
    } catch { throw core.failure() }
  }

  /// Compiles source text to a function of this machine.
  public func load(_ source: String, name: String = "script") throws(ScriptError) -> Function {
    try load(Chunk(source: source, name: name, dialect: dialect))
  }

  /// The function of a compiled chunk that has the given table as its globals.
  ///
  /// - Throws: when the table belongs to another machine, or memory is out.
  public func load(_ chunk: Chunk, environment: Table) throws(ScriptError) -> Function {
    let globals = try core.slot(.table(environment))
    do throws(EngineError) {
      let slot = try engine.makeFunction(chunk.image, environment: globals)
      return Function(reference: Reference(slot, in: core))
    } catch { throw core.failure() }
  }

  /// Globals of its own for one of several scripts of the machine.
  ///
  /// They begin as a copy of the machine's. What the script defines stays there, and so does what code that
  /// it loads defines; library tables are shared, and nobody can change them.
  ///
  ///     let script = try machine.load(chunk, environment: machine.makeEnvironment())
  ///
  /// - Throws: when memory is out.
  public func makeEnvironment() throws(ScriptError) -> Table {
    do throws(EngineError) {
      return Table(reference: Reference(try engine.makeEnvironment(), in: core))
    } catch { throw core.failure() }
  }

  // MARK: Values

  /// The table of global variables.
  public var globals: Table { Table(reference: Reference(engine.globals, in: core)) }

  /// A new empty table with room for what will come.
  public func makeTable(
    arrayCount: Int = 0,
    fieldCount: Int = 0
  ) throws(ScriptError) -> Table {
    do throws(EngineError) {
      return Table(
        reference: Reference(
          try engine.makeTable(arrayCount: arrayCount, fieldCount: fieldCount),
          in: core
        )
      )
    } catch { throw core.failure() }
  }

  /// A suspended coroutine that will run a function.
  public func makeCoroutine(_ function: Function) throws(ScriptError) -> Coroutine {
    guard function.reference.core === core else {
      throw ScriptError(.runtime, "the function belongs to another machine")
    }
    do throws(EngineError) {
      return Coroutine(
        reference: Reference(try engine.makeCoroutine(function.reference.slot), in: core)
      )
    } catch { throw core.failure() }
  }

  /// The global variable at a path of fields, as in `machine["config", "port"]`.
  ///
  /// Reading beyond what is no table gives nil; writing makes the tables on the way.
  public subscript(path: String...) -> Value {
    get {
      var value = Value.table(globals)
      for name in path {
        guard case .table(let table) = value else { return .nil }
        value = table[name]
      }
      return value
    }
    set { set(newValue, at: path) }
  }

  /// Sets the variable at a path, making the tables on the way.
  func set(_ value: Value, at path: [String]) {
    guard let last = path.last else { return }
    var table = globals
    for name in path.dropLast() {
      if case .table(let next) = table[name] {
        table = next
      } else if let next = try? makeTable() {
        table[name] = .table(next)
        table = next
      }
    }
    table[last] = value
  }
}
