// What scripts may use of the world. Authority is a value that the host passes: a machine that is given
// nothing computes and does nothing else, and each field given is one thing that its scripts may do.

internal import NightjarBase
internal import NightjarSystem

/// What the scripts of a machine may use of the world; nothing but a coarse clock unless the host says so.
///
///     var capabilities = Capabilities()
///     capabilities.files = try .folder("/srv/app/data")
///     capabilities.streams = StandardStreams { print($0, terminator: "") }
///     let machine = Machine(configuration, capabilities: capabilities)
///
/// Libraries appear with the capabilities that they need: `io` with files or streams, `require`, `dofile`
/// and `loadfile` with files, `print` with streams, `os.getenv` with an environment. What a library
/// cannot do for want of a capability raises an error that names it.
public struct Capabilities {
  /// The files that `io`, `os`, `require`, `dofile` and `loadfile` see.
  public var files: FileAccess?
  /// Where `print`, `io.write` and `io.read` go.
  public var streams: StandardStreams?
  /// What `os.time`, `os.date` and `os.clock` tell.
  public var clock: Clock = .coarse
  /// Where random numbers begin.
  public var entropy: Entropy = .seed
  /// The variables that `os.getenv` sees.
  public var environment: Environment?
  /// The machines that scripts may connect to.
  public var network: Network?
  /// Whether scripts may run programs with the rights of this process, and end it.
  ///
  /// There is no sandbox around a program: grant it only to scripts that may do everything.
  public var runsPrograms = false

  /// No capability but a coarse clock and random numbers from a seed.
  public init() {}

  /// Everything that this process may do itself.
  ///
  /// The random numbers of scripts are other ones in each machine.
  public static func wholeSystem() -> Capabilities {
    var capabilities = Capabilities()
    capabilities.files = .system
    capabilities.streams = .system()
    capabilities.clock = .system
    capabilities.entropy = .system
    capabilities.environment = .system
    capabilities.network = .system
    capabilities.runsPrograms = true
    return capabilities
  }

  /// The capabilities as the libraries know them, within a machine's limits; what waits asks `patience`.
  func base(within limits: Limits, _ patience: Patience) -> NightjarBase.Capabilities {
    var base = NightjarBase.Capabilities()
    let handles = HandleCount(limit: limits.openHandles)
    if let files { base.files = CountedFiles(files.base(patience), handles) }
    let allowance = limits.outputBytes.map { OutputAllowance(byteCount: $0) }
    base.streams = streams?.base(within: allowance, patience)
    base.time = clock.base
    if case .system = clock { base.calendar = SystemCalendar() }
    base.environment = environment?.base
    if let network { base.network = CountedNetwork(network.base(patience), handles) }
    if runsPrograms {
      base.processes = CountedProcesses(SystemProcesses(patience: patience), handles)
    }
    return base
  }
}

/// A refusal of the world outside: a folder that is not there, a quota that is used up.
public struct CapabilityError: Error, CustomStringConvertible {
  /// The system's message, such as "No such file or directory".
  public let message: String
  /// The system's number for it.
  public let code: Int

  init(_ error: SystemError) {
    message = error.message
    code = Int(error.code)
  }

  /// The message.
  public var description: String { message }
}

/// What scripts learn of time.
public enum Clock: Sendable {
  /// Steps of ten milliseconds from the machine's start, and no time of day.
  case coarse
  /// A moment, in seconds since the start of 1970, that never passes.
  case fixed(seconds: Int)
  /// The real clock and the real time zone.
  case system

  var base: any TimeSource {
    switch self {
    case .coarse: CoarseClock(SystemTime())
    case .fixed(let seconds): FixedClock(Timestamp(seconds: Int64(seconds)))
    case .system: SystemTime()
    }
  }
}

/// Where the random numbers of scripts begin, and the secrets of hash functions.
public enum Entropy: Sendable {
  /// With the configuration's seed: the same seed, the same run.
  case seed
  /// With random bits of the system's, which are others for each machine.
  case system

  func seed(_ configured: UInt64) -> UInt64 {
    switch self {
    case .seed: configured
    case .system: SystemEntropy().next()
    }
  }
}

/// Environment variables that scripts see.
public enum Environment: Sendable {
  /// These values, whatever the process has.
  case given([String: String])
  /// The process's values of these variables.
  case listed([String])
  /// All variables of the process.
  case system

  /// What the process has under a name now.
  package static func current(_ name: String) -> String? {
    SystemEnvironment().value(of: Array(name.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  var base: any EnvironmentAccess {
    switch self {
    case .given(let variables): GivenEnvironment(variables)
    case .listed(let names): ListedEnvironment(SystemEnvironment(), names: names)
    case .system: SystemEnvironment()
    }
  }
}

/// Hosts and ports that scripts may connect to by TCP; tasks may listen there and send datagrams, too.
public enum Network: Sendable {
  /// These addresses: `example.org:443`, `example.org` for all its ports, `*:8080`
  /// for all hosts; what is no address allows nothing.
  case listed([String])
  /// All addresses that this process reaches.
  case system

  /// The addresses; nil for all.
  var allowList: NetworkAllowList? {
    switch self {
    case .listed(let addresses):
      NetworkAllowList(addresses.compactMap { NetworkAllowList.Entry($0) })
    case .system: nil
    }
  }

  func base(_ patience: Patience) -> any NetworkAccess {
    let system = SystemNetwork(patience: patience)
    guard let allowList else { return system }
    return ListedNetwork(system, allowList)
  }
}
