// A machine: one heap, one owner, many fibers. The package's way to make one, load code and run it; the
// promised API stands on top of this.

package import NightjarBase
package import NightjarBytecode

/// Why a run stopped.
package enum RunOutcome {
  /// The function returned this many values; `Machine.result` reads them.
  case finished(count: Int)
  /// An error reached the end of the fiber; `Machine.errorValue` is its value.
  case failed
  /// Fuel ran out; the run can go on.
  case outOfFuel
  /// The coroutine that the host resumed yielded this many values.
  case yielded(count: Int)
  /// A native waits for an answer of the host.
  case awaiting
}

/// One virtual machine.
package final class Machine {
  let vm: VM
  /// The call under way has the traceback handler below it, whose first result says how it went.
  private var isTraced = false

  /// Makes a machine with an empty global table.
  ///
  /// - Parameters:
  ///   - limits: What scripts may use.
  ///   - seed: Chooses random numbers: the same seed, the same run.
  ///   - dialect: The Lua of texts that do not say.
  ///   - compiler: Reached by `load`.
  ///   - hash: Where keys lie in tables, which no script can tell.
  package init(
    limits: Limits = Limits(),
    seed: UInt64 = 0,
    dialect: LuaDialect = .standard,
    compiler: (any ChunkCompiler)? = nil,
    hash: SeededHash = .unforeseeable()
  ) {
    vm = MachineState.make(
      limits: limits,
      seed: seed,
      dialect: dialect,
      compiler: compiler,
      hash: hash
    )
  }

  /// The dialect of texts that do not say.
  package var dialect: LuaDialect { vm.pointee.mainDialect }

  /// The dialect whose libraries are being opened.
  package var openingDialect: LuaDialect { vm.pointee.opening }

  /// Opens the libraries outside the engine for a dialect that a chunk is the first to use.
  ///
  /// Called with `openingDialect` set, after the engine's own libraries; it must not refer to the
  /// machine strongly.
  package var openLibraries: (() -> Void)? {
    get { vm.pointee.openLibraries }
    set { vm.pointee.openLibraries = newValue }
  }

  /// Whether the state is still there.
  private var isOpen = true

  deinit { shutDown() }

  /// Frees everything at once; the machine must not be used again.
  package func shutDown() {
    if isOpen { vm.destroy() }
    isOpen = false
  }

  /// The fuel that is left.
  package var fuel: Int64 {
    get { vm.fuelLeft }
    set { vm.divideFuel(newValue) }
  }

  /// Asks the running script to stop with an error at its next safepoint; callable from signal handlers
  /// and other threads through the pointer.
  package var interruption: UnsafeMutablePointer<Int32> { vm.pointee.interruption }

  /// How many instructions may pass before an interruption is seen; 0 sees it only when something else
  /// stops the loop.
  package var attentionPeriod: Int64 {
    get { vm.pointee.attentionPeriod }
    set {
      vm.pointee.attentionPeriod = newValue
      vm.divideFuel(vm.fuelLeft)
    }
  }

  /// Stops at the next safepoint at which the loop looks up.
  package func interrupt() { vm.pointee.interruption.pointee = 1 }

  /// Where warnings go.
  package var warningSink: ((_ message: [UInt8]) -> Void)? {
    get { vm.pointee.warnings.sink }
    set { vm.pointee.warnings.sink = newValue }
  }

  package var warningsAreOn: Bool {
    get { vm.pointee.warnings.isOn }
    set { vm.pointee.warnings.isOn = newValue }
  }

  // MARK: Code

  /// Compiles a chunk and puts its function where `call` finds it.
  ///
  /// The dialect is that of the text; without one it is the machine's.
  ///
  /// - Returns: the failure's message, or nil.
  package func load(
    _ source: [UInt8],
    chunkName: [UInt8],
    dialect: LuaDialect? = nil
  ) -> CompileFailure? {
    let dialect = dialect ?? vm.pointee.mainDialect
    switch vm.compile(source, chunkName: chunkName, mode: nil, dialect: dialect) {
    case .failure(let failure): return failure
    case .success(let image): return load(image)
    }
  }

  /// Links a verified function and puts it where `call` finds it.
  package func load(_ image: FunctionPrototype) -> CompileFailure? {
    do throws(ScriptError) {
      prepare(try vm.makeMain(image, environment: Value(vm.globals(of: image.dialect))))
      return nil
    } catch {
      return CompileFailure(message: errorText)
    }
  }

  /// Puts a value where `call` finds the function.
  package func prepare(_ function: Value) {
    vm.prepareMainFiber()
    vm.pointee.mainFiber.pointee.stack[1] = function
    vm.pointee.top = vm.pointee.mainFiber.pointee.stack + 2
  }

  /// Puts a value where `call` finds the function, and the last results behind it as its arguments.
  package func prepare(_ function: Value, withResults count: Int) {
    vm.prepareMainFiber()
    let stack = vm.pointee.mainFiber.pointee.stack
    guard (try? vm.reserve(stack + 1, count + 2)) != nil else { return }
    let first = vm.pointee.mainFiber.pointee.stack + 1
    var position = count
    while position > 0 {
      first[position] = first[position - 1]
      position -= 1
    }
    first[0] = function
    vm.pointee.top = first + (count + 1)
  }

  // MARK: Running

  /// Appends an argument for the function that was loaded last.
  package func push(_ value: Value) {
    let offset = vm.pointee.top - vm.pointee.fiber.pointee.stack
    guard (try? vm.reserve(vm.pointee.top, 1)) != nil else { return }
    let slot = vm.pointee.fiber.pointee.stack + offset
    slot.pointee = value
    vm.pointee.top = slot + 1
  }

  /// Calls the loaded function with the arguments pushed behind it.
  ///
  /// When it is traced, an error becomes its text with a traceback, as the stand-alone interpreter
  /// shows it; objects stay what they are if they are kept.
  package func call(traced: Bool = false, keepingObjects: Bool = false) -> RunOutcome {
    if traced { insertHandler(keepingObjects ? Self.textHandler : Self.tracebackHandler) }
    let slot = vm.pointee.mainFiber.pointee.stack + 1
    let count = vm.pointee.top - slot - 1
    vm.pointee.exit = nil
    isTraced = traced
    vm.drive(vm.call(slot, count, info: Frame.info(wanted: -1, mode: .finishFiber)))
    return run()
  }

  /// Goes on after `outOfFuel`.
  package func resume(fuel: Int64) -> RunOutcome {
    self.fuel = fuel
    // Without fuel every call looked up; from here on they need not.
    vm.updateStackLimit()
    vm.pointee.exit = nil
    vm.drive(vm.proceed())
    return run()
  }

  func run() -> RunOutcome {
    if vm.pointee.exit == nil { vm.loop() }
    let exit = vm.pointee.exit
    vm.pointee.exit = nil
    if case .failed = exit {
      // What the failed functions held is dead.
      vm.prepareMainFiber()
      vm.makeRoomAfterFailure()
    }
    switch exit {
    case .finished(let count) where isTraced:
      // What `xpcall` returned.
      if result(0).isFalsy {
        vm.pointee.errorValue = result(1)
        return .failed
      }
      let first = vm.pointee.mainFiber.pointee.stack + 1
      first.update(from: first + 1, count: count - 1)
      return .finished(count: count - 1)
    case .finished(let count): return .finished(count: count)
    case .outOfFuel: return .outOfFuel
    case .failed, .yielded, .awaiting, .idle, nil: return .failed
    }
  }

  /// The n-th value returned, from 0.
  package func result(_ n: Int) -> Value { vm.pointee.mainFiber.pointee.stack[1 + n] }

  /// Puts a protected call with a message handler before the loaded function.
  private func insertHandler(_ handler: NativeDefinition) {
    let stack = vm.pointee.mainFiber.pointee.stack
    let end = vm.pointee.top - stack
    guard (try? vm.reserve(vm.pointee.top, 3)) != nil else { return }
    let first = vm.pointee.mainFiber.pointee.stack
    var position = end - 1
    while position >= 1 {
      first[position + 2] = first[position]
      position -= 1
    }
    // xpcall(function, handler, …)
    // In some dialects it has no arguments.
    first[1] = Value(vm.makeNative(Self.protectedCall, dialect: .standard))
    first[2] = first[3]
    first[3] = Value(vm.makeNative(handler))
    vm.pointee.top = first + (end + 2)
  }

  /// A function that calls another one so that errors become texts with tracebacks, or those only that are
  /// texts, and what it takes as its second argument for that.
  package func tracedCall(keepingObjects: Bool = false) -> (call: Value, handler: Value) {
    (
      Value(vm.makeNative(Self.protectedCall, dialect: .standard)),
      Value(vm.makeNative(keepingObjects ? Self.textHandler : Self.tracebackHandler))
    )
  }

  /// The function that was loaded last.
  package var loadedFunction: Value { vm.pointee.mainFiber.pointee.stack[1] }

  private static let protectedCall = NativeDefinition.stateMachine("call") {
    NativeCall.enter($0, $1, $2, $3, ProtectedCalls.xpcall)
  }

  private static let tracebackHandler = NativeDefinition.stateMachine("traceback") {
    NativeCall.enter($0, $1, $2, $3, Machine.addTraceback)
  }

  private static let textHandler = NativeDefinition.stateMachine("traceback of text") {
    NativeCall.enter($0, $1, $2, $3, Machine.addTracebackToText)
  }

  /// A message handler that leaves objects alone; one that keeps its calls is told of them.
  private static func addTracebackToText(
    _ call: inout NativeCall
  ) throws(ScriptError) -> NativeOutcome {
    let error = call.argument(1)
    if error.isString || error.isNumber { return try addTraceback(&call) }
    if let traced = call.hostObject(error) as? any TracedError, traced.traceback.isEmpty {
      let vm = call.vm
      traced.traceback =
        vm.failureTrace(of: error)
        ?? String(
          decoding: vm.traceback(of: vm.pointee.fiber, message: nil, level: 1),
          as: UTF8.self
        )
    }
    return call.returns(error)
  }

  /// The message handler of the stand-alone interpreter: a string gets a traceback; another value is
  /// shown by its `__tostring`, or else named by its type.
  private static func addTraceback(
    _ call: inout NativeCall
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1, call[2].isString { return call.returns(call[2]) }
    let error = call.argument(1)
    var message: [UInt8]
    if error.isString || error.isNumber {
      message = try call.checkBytes(1)
    } else {
      if call.phase == 0, let handler = vm.metamethod(of: error, .tostring) {
        call[2] = handler
        call[3] = error
        return .call(at: 2, 1, then: 1)
      }
      message = Array("(error object is a \(vm.typeName(error)) value)".utf8)
    }
    if let trace = vm.failureTrace(of: error) {
      message += Array("\n\(trace)".utf8)
      vm.pointee.tasks?.pointee.toldTrace = trace
    } else {
      message = vm.traceback(of: vm.pointee.fiber, message: message, level: 1)
    }
    return call.returns(try call.string(message))
  }

  /// The value of the error that ended the last run.
  package var errorValue: Value { vm.pointee.errorValue }

  /// The error's text, when it is a string or a number.
  package var errorText: [UInt8] { text(of: vm.pointee.errorValue) ?? Array("nil".utf8) }

  /// The bytes of a string or number; nil for other values.
  package func text(of value: Value, upTo byteCountMax: Int = .max) -> [UInt8]? {
    if value.isString { return Array(value.string.buffer.prefix(byteCountMax)) }
    if value.isNumber {
      let format = vm.pointee.mainDialect.rules.floatFormat
      return Array(vm.numberToString(value, format).buffer)
    }
    return nil
  }

  /// The name of a value's type.
  package func typeName(of value: Value) -> String { vm.typeName(of: value) }

  /// A new string value.
  package func string(_ bytes: [UInt8]) -> Value {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = vm.string(bytes: start, count: buffer.count)
      else { return Value(vm.string("")) }
      return Value(made)
    }
  }

  /// Reads a global variable.
  package func global(_ name: String) -> Value {
    vm.rawGet(vm.pointee.globals, Value(vm.string(name)))
  }

  /// Writes a global variable.
  package func setGlobal(_ name: String, _ value: Value) {
    try? vm.rawSet(vm.pointee.globals, Value(vm.string(name)), value)
  }

  /// Makes a value the global of a name in all dialects, also those of which there was no chunk yet; a table is a
  /// module of that name, too.
  package func shareGlobal(_ name: String, _ value: Value) {
    try? vm.share(Value(vm.string(name)), value)
  }

  /// The elements of a table at 1, 2, … without metamethods; nil for other values.
  package func elements(of value: Value) -> [Value]? {
    guard value.isTable else { return nil }
    let count = vm.border(of: value.table)
    return count < 1 ? [] : (1...count).map { vm.rawGet(value.table, Value($0)) }
  }

  /// A table of the given values at 1, 2, … and others at given integer keys.
  package func table(_ values: [(Int, Value)]) -> Value {
    let table = vm.newTable()
    for (key, value) in values { try? vm.rawSet(table, integer: Int64(key), value) }
    return Value(table)
  }

  /// Runs all finalizers, as at the end of a program.
  package func close() {
    isTraced = false
    vm.runAllFinalizers()
  }
}

/// An error of the host that keeps the calls through which it came.
package protocol TracedError: AnyObject {
  /// The calls that were active when it was raised; empty while nobody has asked for them.
  var traceback: String { get set }
}
