// Programs whose tasks use the network, in the simulated world and in the real one.

import Foundation
import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarRuntime
import NightjarSimulation
import NightjarSystem
import Testing

/// A world for programs.
enum Setting: CustomTestStringConvertible, Sendable {
  case real
  case simulated(seed: UInt64, Faults)

  static let both: [Setting] = [.real, .simulated(seed: 1, .none), .simulated(seed: 2, .none)]

  var testDescription: String {
    switch self {
    case .real: "real"
    case .simulated(let seed, _): "simulated \(seed)"
    }
  }
}

/// What a world needs to be woken by.
private final class Bell: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  func ring() { semaphore.signal() }
  /// Waits; false when nothing has come for so long that nothing will.
  func wait(_ nanoseconds: UInt64?) -> Bool {
    // A peer's thread may have to wait for its turn.
    let most = 60_000_000_000
    let time = DispatchTime.now() + .nanoseconds(min(Int(clamping: nanoseconds ?? .max), most))
    return semaphore.wait(timeout: time) == .success || nanoseconds != nil
  }
}

/// A machine with tasks and operations.
final class Stage {
  let machine: Machine
  let world: SimulatedWorld?
  private let scheduler: TaskScheduler
  let operations: ParkedOperations
  private let output = MemoryStream()
  private let allowance = Allowance()

  init(
    _ setting: Setting,
    permissions: OperationPermissions = .all,
    limits: Limits = Limits()
  ) {
    machine = Machine(
      limits: limits,
      seed: 1,
      dialect: .lua54,
      compiler: LuaChunkCompiler(allowsBinary: false)
    )
    let clock: any TaskClock
    let bell = Bell()
    let source: any OperationSource
    var settings = TaskSettings()
    switch setting {
    case .real:
      world = nil
      source = SystemSource()
      clock = RealClock(SystemTime()) { nanoseconds in
        bell.wait(nanoseconds)
      }
    case .simulated(let seed, let faults):
      let world = SimulatedWorld(seed: seed, faults: faults)
      self.world = world
      source = world
      clock = VirtualClock()
      settings.isRandom = true
      settings.seed = seed
    }
    var capabilities = Capabilities()
    let stream = BufferedFile(output)
    capabilities.streams = StandardStreams(input: stream, output: stream, error: stream)
    capabilities.time = VirtualTime(
      clock,
      startingAt: Timestamp(seconds: 0, nanoseconds: 999_999_999)
    )
    machine.capabilities = capabilities
    machine.openIntrinsics()
    machine.openFiles()
    machine.openIO()
    machine.openOS()
    scheduler = TaskScheduler(machine, clock, settings)
    scheduler.fuel = allowance
    operations = ParkedOperations(
      PermittedSource(source, permissions),
      resourceCountMax: 10_000,
      simulation: world,
      whenFilled: { bell.ring() }
    )
    scheduler.host = operations
    ParkedLibrary.open(machine) { [operations] in operations }
  }

  var printed: String {
    try? machine.capabilities.streams?.output.flush()
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// Runs a program to its end; what it printed, and behind it the error that it ended with.
  func run(_ source: String) throws -> String {
    if let failure = machine.load(Array(source.utf8), chunkName: Array("=test".utf8)) {
      return "does not compile: \(String(decoding: failure.message, as: UTF8.self))"
    }
    let task = try scheduler.spawn(machine.loadedFunction, name: "main")
    let outcome = scheduler.run(until: task)
    let problems = machine.auditTasks()
    #expect(problems.isEmpty)
    func text(_ value: Value) -> String {
      if let text = machine.text(of: value) { return String(decoding: text, as: UTF8.self) }
      machine.prepare(machine.toStringFunction)
      machine.push(value)
      guard case .finished = machine.call() else { return "?" }
      return String(decoding: machine.text(of: machine.result(0)) ?? [], as: UTF8.self)
    }
    switch outcome {
    case .finished: return printed
    case .failed(let error): return printed + "failed: \(text(error))\n"
    case .cancelled(let error): return printed + "cancelled: \(text(error))\n"
    case .running: return printed + "still running\n"
    }
  }

  /// Whether nothing is left open once what was closed has been.
  func isClean() -> Bool {
    // The thread that closes may come late.
    for _ in 0..<(world == nil ? 3_000 : 200) {
      if operations.openCount == 0 && operations.pendingCount == 0 { return true }
      if let world { world.step() } else { Thread.sleep(forTimeInterval: 0.01) }
      _ = scheduler.step(budget: 10_000)
    }
    return false
  }
}

/// Fuel enough for any test, and no more, so that none runs for ever.
private final class Allowance: FuelSource {
  private var left: Int64 = 2_000_000_000

  func take(_ most: Int64) -> Int64? {
    if left <= 0 { return nil }
    left -= most
    return most
  }

  func giveBack(_ fuel: Int64) { left += fuel }
}
