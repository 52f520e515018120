// What the tasks of a machine may wait for in the world, as its capabilities say: `net`, `udp` and `http` with a
// network, `process` where programs may be run, `stdin` with streams. Under simulation they are the same, in a world
// that exists in memory.

import NightjarBase
import NightjarEngine
import NightjarRuntime
import NightjarSimulation
import NightjarSystem

/// What a machine was granted of the world that tasks wait for.
///
/// It is part of every machine, also of those without tasks, so it is small: two words.
struct World {
  /// The addresses to connect to and listen at; nil for all, if there is a network.
  private let addresses: NetworkAllowList?
  private let hasNetwork: Bool
  private let runsPrograms: Bool
  private let hasStreams: Bool
  private let hasOwnInput: Bool
  private let handleCount: Int32

  /// One thread of the process waits for all machines.
  private static let system = SystemSource()

  init(_ capabilities: Capabilities, _ limits: Limits) {
    hasNetwork = capabilities.network != nil
    addresses = capabilities.network?.allowList
    runsPrograms = capabilities.runsPrograms
    hasStreams = capabilities.streams != nil
    hasOwnInput = capabilities.streams?.isOfProcess == false
    handleCount = Int32(clamping: limits.openHandles)
  }

  private var permissions: OperationPermissions {
    OperationPermissions(
      network: hasNetwork ? addresses : NetworkAllowList([]),
      readsInput: hasStreams,
      runsPrograms: runsPrograms
    )
  }

  /// The libraries there are.
  private var names: [String] {
    (hasNetwork ? ["net", "udp", "http"] : []) + (runsPrograms ? ["process"] : [])
      + (hasStreams ? ["stdin"] : [])
  }

  /// Opens the libraries; the operations behind them are made when a script asks for one.
  func open(
    _ core: Core,
    _ calls: HostCalls,
    _ wake: HostWake,
    _ simulation: (faults: SimFaults, seed: UInt64)?
  ) {
    if names.isEmpty { return }
    let (permissions, handleCount, hasOwnInput) = (permissions, Int(handleCount), hasOwnInput)
    ParkedLibrary.open(core.engine, names: names) { [unowned core, unowned calls] in
      let world = simulation.map { SimulatedWorld(seed: $0.seed, faults: $0.faults.base) }
      let source: any OperationSource = world ?? Self.system
      let operations = ParkedOperations(
        PermittedSource(source, permissions),
        resourceCountMax: handleCount,
        simulation: world,
        whenFilled: { wake.ring() }
      )
      if hasOwnInput || world != nil { operations.input = core.engine.capabilities.streams?.input }
      calls.parked = operations
      return operations
    }
  }
}

/// What goes wrong in the simulated world of a machine, and how often: shares from 0 to 1.
public struct SimFaults: Sendable {
  var base: Faults

  /// Packets that vanish: datagrams for good, bytes of a connection until they are sent again.
  public var loss: Double {
    get { base.loss }
    set { base.loss = newValue }
  }
  /// Datagrams that arrive twice.
  public var duplication: Double {
    get { base.duplication }
    set { base.duplication = newValue }
  }
  /// Pieces of a connection's bytes that reset it instead.
  public var reset: Double {
    get { base.reset }
    set { base.reset = newValue }
  }
  /// Reads and writes that move less than they could.
  public var partial: Double {
    get { base.partial }
    set { base.partial = newValue }
  }
  /// Names that are not found although they are there.
  public var names: Double {
    get { base.nameFailure }
    set { base.nameFailure = newValue }
  }
  /// Operations that fail by themselves, without an effect.
  public var operations: Double {
    get { base.operationFailure }
    set { base.operationFailure = newValue }
  }

  /// Nothing goes wrong.
  public static let none = SimFaults(base: .none)
  /// A bad day: some of everything.
  public static let chaos = SimFaults(base: .chaos)
}
