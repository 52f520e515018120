// A machine with the whole Lua library over the whole system, as the command gives it to programs.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarRuntime
import NightjarSystem

/// A machine ready to run programs, and how its outcomes become output and exit status.
final class Session {
  let machine: Machine
  let capabilities: Capabilities
  let grants: Grants
  private var fuelLeft: Int64
  private var deadline: UInt64?
  /// Why the tasks of the program got no more fuel.
  private(set) var reasonToEnd: String?
  /// The clock of a program that is simulated.
  private(set) var virtualClock: VirtualClock?
  /// Why a program that came to its end by giving up a wait has failed.
  private var waitFailure: String?
  /// What messages begin with, as in `lua: file:1: …`; nil in a conversation.
  var programName: String? = "nightjar"
  /// Whether the user's interrupt ends a read that waits for input.
  var interruptsEndReads = false
  /// Whether an error that is an object is told by what it is, as those of Fuse are.
  var keepsErrorObjects = false
  /// The exit status after an error.
  private(set) var failureStatus: Int32 = 1
  /// The status that the program has chosen, to end with when its tasks have been closed.
  var chosenStatus: Int32?
  /// Whether mistakes in source text are told with place and hint, or in the reference's words.
  var explainsMistakes = true

  /// A session for a program, beside which modules may lie in its folder.
  init(
    dialect: LuaDialect = .standard,
    ignoringEnvironment: Bool = false,
    grants: Grants = .reference,
    programFolder: [UInt8] = [UInt8(ascii: ".")],
    world whole: Capabilities = Console.capabilities,
    simulation: Simulation? = nil
  ) {
    self.grants = grants
    fuelLeft = grants.fuel ?? .max / 4
    var granted = grants.capabilities(of: whole, programFolder: programFolder)
    if simulation != nil {
      let clock = VirtualClock()
      virtualClock = clock
      granted.time = VirtualTime(clock, startingAt: Timestamp(seconds: 1_767_225_600))
    }
    capabilities = granted
    var limits = Limits()
    limits.heapByteCount = grants.memory
    machine = Machine(
      limits: limits,
      seed: simulation?.seed ?? grants.seed ?? whole.entropy?.next() ?? 0,
      dialect: dialect,
      compiler: LuaChunkCompiler(allowsBinary: true)
    )
    machine.capabilities = capabilities
    machine.attentionPeriod = Self.attentionPeriod
    if let words = whole.environment?.value(of: Array("NIGHTJAR_HEAP".utf8)) {
      hardenHeap(String(decoding: words, as: UTF8.self))
    }
    machine.openIntrinsics()
    let beside = grants.findsModulesEverywhere ? nil : programFolder
    machine.openLibraries = { [unowned machine] in
      Self.openLibraries(
        machine,
        whole,
        ignoringEnvironment: ignoringEnvironment,
        modulesBeside: beside
      )
    }
    Self.openLibraries(
      machine,
      whole,
      ignoringEnvironment: ignoringEnvironment,
      modulesBeside: beside
    )
    let errors = capabilities.streams?.error
    let output = capabilities.streams?.output
    machine.warningSink = { message in
      try? output?.flush()
      try? errors?.write(Array("Lua warning: ".utf8) + message + [UInt8(ascii: "\n")])
      try? errors?.flush()
    }
  }

  /// Opens what the engine does not have itself, for the dialect being opened.
  private static func openLibraries(
    _ machine: Machine,
    _ capabilities: Capabilities,
    ignoringEnvironment: Bool,
    modulesBeside folder: [UInt8]?
  ) {
    let dialect = machine.openingDialect
    func path(_ variable: String, _ fallback: @autoclosure () -> [UInt8]) -> [UInt8]? {
      if ignoringEnvironment { return nil }
      let environment = capabilities.environment
      let name = Array(variable.utf8)
      guard
        let value = environment?.value(of: name + environmentSuffix(of: dialect).utf8)
          ?? environment?.value(of: name)
      else { return nil }
      let isEverywhere = !dialect.rules.hasAttributes
      return Self.withDefault(value, fallback(), everywhere: isEverywhere)
    }
    let beside = folder.map { $0 + Array("/?.lua;".utf8) + $0 + Array("/?/init.lua".utf8) }
    machine.openPackage(
      path: beside ?? path("LUA_PATH", Machine.defaultModulePath(of: dialect)),
      libraryPath: folder != nil ? [] : path("LUA_CPATH", Machine.defaultLibraryPath(of: dialect))
    )
    machine.openFiles()
    machine.openIO()
    machine.openOS()
    machine.openDebugConsole()
  }

  /// What a dialect's environment variables end with.
  static func environmentSuffix(of dialect: LuaDialect) -> String {
    switch dialect {
    case .lua51, .luajit: ""
    case .lua52: "_5_2"
    case .lua53: "_5_3"
    case .lua54: "_5_4"
    case .lua55: "_5_5"
    }
  }

  /// A path in which `;;` stands for the default: the first, or each with semicolons around it, as
  /// before 5.4.
  private static func withDefault(
    _ path: [UInt8],
    _ fallback: [UInt8],
    everywhere: Bool
  ) -> [UInt8] {
    let mark = Array(";;".utf8)
    if everywhere {
      let text = String(decoding: path, as: UTF8.self)
      let shown = String(decoding: fallback, as: UTF8.self)
      return Array(text.replacing(";;", with: ";\(shown);").utf8)
    }
    for start in path.indices.dropLast() where Array(path[start..<start + 2]) == mark {
      let before = path[..<start]
      let after = path[(start + 2)...]
      return (before.isEmpty ? [] : before + [UInt8(ascii: ";")]) + fallback
        + (after.isEmpty ? [] : [UInt8(ascii: ";")] + after)
    }
    return path
  }

  /// Reports a message on standard error.
  func report(_ message: [UInt8]) {
    Console.error(Array((programName.map { "\($0): " } ?? "").utf8) + message)
  }

  /// Reports what is wrong with a source text on standard error.
  func report(_ error: LuaCompileError, source: [UInt8], name: String) {
    if explainsMistakes {
      Mistakes(error.diagnostics, in: source, name: name).report()
    } else {
      report(error.message)
    }
  }

  /// Sets the table `arg`: the script at 0, its arguments above, what came before below.
  func setArguments(_ all: [[UInt8]], script: Int) {
    machine.setGlobal(
      "arg",
      machine.table(all.enumerated().map { ($0.offset - script, machine.string($0.element)) })
    )
  }

  /// Compiles or decodes a chunk and puts its function where `call` finds it.
  ///
  /// The dialect is that of the text; without one it is the machine's.
  ///
  /// - Returns: whether that went well; what is wrong has been reported otherwise.
  func load(_ source: [UInt8], chunkName: [UInt8], dialect: LuaDialect? = nil) -> Bool {
    guard explainsMistakes, source.first != 0x1B else {
      return isLoaded(machine.load(source, chunkName: chunkName, dialect: dialect))
    }
    let options = LuaCompilerOptions.all(dialect ?? machine.dialect)
    switch LuaCompiler.compile(source: source, chunkName: chunkName, options: options) {
    case .success(let function): return isLoaded(machine.load(function))
    case .failure(let error):
      report(error, source: source, name: String(decoding: chunkName.dropFirst(), as: UTF8.self))
      return false
    }
  }

  /// Runs a chunk as a task with string arguments.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  func runAsTask(
    _ source: [UInt8],
    chunkName: [UInt8],
    arguments: [[UInt8]] = [],
    simulation: Simulation? = nil,
    printsResults: Bool = false
  ) -> Bool {
    let program = TaskProgram(self, simulation)
    guard load(source, chunkName: chunkName) else { return false }
    return program.run(arguments.map { machine.string($0) }, printsResults: printsResults)
  }

  private func isLoaded(_ failure: CompileFailure?) -> Bool {
    if let failure { report(failure.message) }
    return failure == nil
  }

  /// Runs a chunk as the reference does, which has no tasks, with string arguments.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  func run(_ source: [UInt8], chunkName: [UInt8], arguments: [[UInt8]] = []) -> Bool {
    guard load(source, chunkName: chunkName) else { return false }
    for argument in arguments { machine.push(machine.string(argument)) }
    return call()
  }

  /// Calls what was loaded; an error is reported.
  func call() -> Bool { results() != nil }

  /// Calls what was loaded and prints its results by the global function `print`.
  ///
  /// - Returns: whether it ended without an error, which has been reported otherwise.
  @discardableResult func callPrintingResults() -> Bool {
    guard let count = results() else { return false }
    if count == 0 { return true }
    machine.prepare(machine.global("print"), withResults: count)
    if outcome(traced: false) != nil { return true }
    report(Array("error calling 'print' (".utf8) + machine.errorText + Array(")".utf8))
    return false
  }

  /// Calls what was loaded.
  ///
  /// - Returns: how many results there are; nil after an error, which has been reported.
  func results() -> Int? {
    if let count = outcome(traced: true) { return count }
    if keepsErrorObjects, waitFailure == nil {
      report(error: machine.errorValue)
    } else {
      report(waitFailure.map { Array($0.utf8) } ?? machine.errorText)
    }
    waitFailure = nil
    return nil
  }

  /// Reports the error that a program has ended with.
  func report(error: Value) {
    if keepsErrorObjects, let panic = Panic(error, in: machine) {
      failureStatus = Panic.status
      Console.error(panic.text)
    } else {
      report(
        text(of: error) ?? Array("(error object is a \(machine.typeName(of: error)) value)".utf8)
      )
    }
  }

  /// The text that `tostring` makes of a value; nil when that fails.
  func text(of value: Value) -> [UInt8]? {
    if let text = machine.text(of: value) { return text }
    machine.prepare(machine.toStringFunction)
    machine.push(value)
    return outcome(traced: false) == nil ? nil : machine.text(of: machine.result(0))
  }

  /// Calls what was loaded; the user's interrupt becomes an error there.
  ///
  /// - Returns: how many results there are; nil after an error.
  private func outcome(traced: Bool) -> Int? {
    unsafe Interrupt.arm(machine.interruption, endsReads: interruptsEndReads)
    defer { Interrupt.disarm() }
    guard case .finished(let count) = limitedCall(traced: traced) else { return nil }
    // An interrupt that ended the last read, and that nobody has looked at.
    if interruptsEndReads, unsafe machine.interruption.pointee != 0 {
      waitFailure = "interrupted!"
      return nil
    }
    return count
  }

  /// Calls what was loaded within the program's fuel and time.
  private func limitedCall(traced: Bool) -> RunOutcome {
    if grants.fuel == nil && grants.timeoutNanoseconds == nil {
      return machine.call(traced: traced, keepingObjects: keepsErrorObjects)
    }
    let clock = Console.capabilities.time
    if deadline == nil, let timeout = grants.timeoutNanoseconds, let clock {
      let end = clock.monotonicNanoseconds() &+ timeout
      deadline = end
      limitWaits(to: end, clock)
    }
    grantSlice()
    var outcome = machine.call(traced: traced, keepingObjects: keepsErrorObjects)
    while case .outOfFuel = outcome {
      fuelLeft += machine.fuel
      if let deadline, let clock, clock.monotonicNanoseconds() >= deadline {
        outcome = endForTime()
      } else if fuelLeft <= 0 {
        outcome = machine.kill("the program's fuel is used up (--fuel)")
      } else {
        grantSlice()
        outcome = machine.resume(fuel: machine.fuel)
      }
    }
    fuelLeft += machine.fuel
    guard Console.patience.isOver else { return outcome }
    // The wait that was given up was the program's last deed.
    limitLastWaits()
    waitFailure = Self.timeIsUp
    return .failed
  }

  // MARK: Fuel and time of tasks

  /// The program's time begins.
  func beginTime() {
    guard let timeout = grants.timeoutNanoseconds, let clock = Console.capabilities.time else {
      return
    }
    let end = clock.monotonicNanoseconds() &+ timeout
    deadline = end
    limitWaits(to: end, clock)
  }

  /// Takes fuel for tasks; nil when the program is to end.
  func takeFuel(_ most: Int64) -> Int64? {
    if isOutOfTime() { return nil }
    guard grants.fuel != nil else { return most }
    if fuelLeft <= 0 {
      reasonToEnd = "the program's fuel is used up (--fuel)"
      return nil
    }
    let taken = min(most, fuelLeft)
    fuelLeft -= taken
    return taken
  }

  /// Why the program is to end, if it is; what it has written has a moment to go out then.
  func endReason() -> String? {
    let reason = reasonToEnd ?? (Console.patience.isOver ? Self.timeIsUp : nil)
    if reason != nil { limitLastWaits() }
    return reason
  }

  /// Whether a limit of the program is what ends it.
  var hasReachedLimit: Bool { reasonToEnd != nil || Console.patience.isOver }

  /// Whether the program's time is up, which is the reason for its end then.
  func isOutOfTime() -> Bool {
    guard let deadline, let clock = Console.capabilities.time,
      clock.monotonicNanoseconds() >= deadline
    else { return false }
    reasonToEnd = Self.timeIsUp
    return true
  }

  func giveBackFuel(_ fuel: Int64) {
    if grants.fuel != nil { fuelLeft += fuel }
  }

  /// Lets system calls of the program wait no longer than until a moment.
  private func limitWaits(to end: UInt64, _ clock: any TimeSource) {
    Console.patience.left = {
      let now = clock.monotonicNanoseconds()
      return now < end ? end - now : 0
    }
    Console.patience.giveUp = { [unowned self] in
      fuelLeft += machine.fuel
      machine.fuel = 0
    }
  }

  /// Ends the program whose time is up; what it has written has a moment to go out.
  private func endForTime() -> RunOutcome {
    limitLastWaits()
    return machine.kill(Self.timeIsUp)
  }

  /// What the program has written has a moment to go out.
  func limitLastWaits() {
    Console.patience.isOver = false
    guard let clock = Console.capabilities.time else { return }
    limitWaits(to: clock.monotonicNanoseconds() &+ 1_000_000_000, clock)
    Console.patience.giveUp = nil
  }

  private static let timeIsUp = "the program's time is up (--timeout)"

  /// Gives the machine what it may use until the next look at the clock.
  private func grantSlice() {
    let slice = max(0, min(fuelLeft, Self.attentionPeriod / 8))
    fuelLeft -= slice
    machine.fuel = slice
  }

  /// How much a run does before it looks for an interrupt: some milliseconds.
  private static let attentionPeriod: Int64 = 2_000_000

  /// The end of a program: finalizers run and output goes out.
  func finish(_ succeeded: Bool) -> Int32 {
    machine.close()
    let status = chosenStatus ?? (succeeded ? 0 : failureStatus)
    if explainsMistakes { return Console.flush() ? status : 1 }
    try? capabilities.streams?.output.flush()
    return chosenStatus ?? (succeeded ? 0 : 1)
  }
}
