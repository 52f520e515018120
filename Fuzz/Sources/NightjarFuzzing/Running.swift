// Runs code of strangers, bounded: whatever it does, the machine stops with an outcome.

package import NightjarBase
package import NightjarBytecode
package import NightjarEngine
internal import NightjarLuaCompiler

extension Oracle {
  /// What a heap may hold beyond its limit: what is made between two safepoints.
  private static var excessByteCount: Int { 16 << 20 }

  /// A verified function runs to some end within its fuel and memory.
  package static func checkRun(_ function: FunctionPrototype) {
    let image = Image.encode(function, stripping: false)
    checkRun(function, under: RunProfile(for: image))
  }

  /// The same under given limits.
  package static func checkRun(_ function: FunctionPrototype, under profile: RunProfile) {
    let machine = makeMachine(profile)
    guard machine.load(function) == nil else { return }
    run(machine, profile)
  }

  /// A text that compiles runs to some end within its fuel and memory.
  package static func checkLuaRun(_ bytes: [UInt8]) {
    checkLuaRun(bytes, under: RunProfile(for: bytes))
  }

  /// The same under given limits; `portions` of fuel are used instead of the profile's.
  ///
  /// - Returns: How the run ended.
  @discardableResult
  package static func checkLuaRun(
    _ bytes: [UInt8],
    under profile: RunProfile,
    portions: [Int64]? = nil
  ) -> RunEnd {
    let machine = makeMachine(profile)
    if let failure = machine.load(bytes, chunkName: Array("=fuzz".utf8)) {
      return .failed(message: String(decoding: failure.message, as: UTF8.self))
    }
    return run(machine, profile, portions: portions)
  }

  private static func makeMachine(_ profile: RunProfile) -> Machine {
    let machine = Machine(
      limits: profile.limits,
      seed: 1,
      compiler: LuaChunkCompiler(allowsBinary: true),
      hash: SeededHash(seed: 1)
    )
    machine.openIntrinsics()
    // Nothing is printed.
    machine.setGlobal("print", machine.global("tostring"))
    if let mode = profile.hardMode { machine.harden(mode, report: refuse) }
    return machine
  }

  /// Ends the process when a check of the heap has found something.
  private static func refuse(_ findings: [String]) {
    precondition(findings.isEmpty, findings.prefix(5).joined(separator: "\n"))
  }

  @discardableResult
  private static func run(
    _ machine: Machine,
    _ profile: RunProfile,
    portions: [Int64]? = nil
  ) -> RunEnd {
    let portions = portions ?? profile.fuelPortions
    machine.fuel = portions[0]
    var outcome = machine.call()
    for portion in portions.dropFirst() {
      guard case .outOfFuel = outcome else { break }
      outcome = machine.resume(fuel: portion)
    }
    let end: RunEnd =
      switch outcome {
      case .finished: .finished
      case .failed, .yielded, .awaiting:
        .failed(message: String(decoding: machine.errorText, as: UTF8.self))
      case .outOfFuel: .outOfFuel
      }
    // What is left behind must be in order, whatever state the run ended in.
    refuse(machine.checkHeap())
    machine.collectGarbage()
    refuse(machine.checkHeap())
    machine.fuel = 1_000
    if end != .outOfFuel { machine.close() }
    let limit = profile.limits.heapByteCount ?? .max
    let peak = machine.peakByteCount
    precondition(peak - limit <= excessByteCount, "\(peak) bytes with a limit of \(limit)")
    return end
  }
}

/// How a run ended.
package enum RunEnd: Equatable, Sendable {
  case finished
  case failed(message: String)
  case outOfFuel
}
