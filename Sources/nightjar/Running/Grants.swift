// What a program that is run may use of the world and of the machine, as options of `run` and `eval`
// say: standard streams, the clock, its own end and modules beside it unless more is granted.

import NightjarBase
import NightjarSimulation
import NightjarSystem

/// The grants and limits of a program.
struct Grants {
  private var isEverything = false
  /// Nothing is there that the reference does not have.
  private var isReference = false
  private var reads = FilePermit.nothing
  private var writes = FilePermit.nothing
  private var environment: Names = .none
  private var network: [NetworkAllowList.Entry] = []
  private var runsPrograms = false
  private var hasVirtualFiles = false
  private(set) var fuel: Int64?
  private(set) var memory: Int?
  private(set) var timeoutNanoseconds: UInt64?
  private(set) var seed: UInt64?
  /// Where it is drawn who waits for what, when the program is interrupted or nothing goes on.
  private(set) var drawing: [UInt8]?
  /// The program's tasks run on a virtual clock.
  private var isSimulated = false
  /// Ready tasks run in the order of arrival, also under simulation.
  private var isFair = false
  /// What goes wrong in the simulated world.
  private var faults = Faults.none

  /// How the program is simulated; nil when it is not.
  var simulation: Simulation? {
    isSimulated ? Simulation(seed: seed ?? 0, isFair: isFair, faults: faults) : nil
  }

  private enum Names {
    case none
    case listed([String])
    case all
  }

  /// What the reference interpreter gives its programs: everything but a network, without limits.
  static var reference: Grants {
    var grants = Grants()
    grants.isEverything = true
    grants.isReference = true
    return grants
  }

  // MARK: Options

  /// What came of a word.
  enum Answer {
    case taken
    /// It is one of ours, but its value makes no sense.
    case malformed(String)
    case unknown
  }

  /// Takes an option; `next` is the word behind it.
  ///
  /// Names are compared as bytes: texts of them would have those parts of the standard library resident in
  /// each program with a grant, a megabyte and a half.
  ///
  /// - Returns: What came of it, and whether `next` was its value.
  mutating func take(_ word: [UInt8], next: [UInt8]?) -> (answer: Answer, tookNext: Bool) {
    let name = Array(word.prefix { $0 != UInt8(ascii: "=") })
    let own = word.count > name.count ? Array(word.dropFirst(name.count + 1)) : nil
    if take(name, own) { return (.taken, false) }
    guard isLimit(name) else {
      let text = String(decoding: word, as: UTF8.self)
      return (isGrant(name) ? .malformed("'\(text)' makes no sense") : .unknown, false)
    }
    let text = String(decoding: name, as: UTF8.self)
    guard let value = own ?? next else { return (.malformed("'\(text)' needs a value"), false) }
    let shown = String(decoding: value, as: UTF8.self)
    if "--memory" ~= name, let bytes = Self.measured(shown, Self.byteUnits),
      bytes < Double(Self.memoryMin)
    {
      return (
        .malformed("'--memory' is at least 1M: the libraries and the program fill some"), own == nil
      )
    }
    guard limit(name, shown) else {
      return (.malformed("'\(shown)' is no value of '\(text)'"), own == nil)
    }
    return (.taken, own == nil)
  }

  private func isGrant(_ name: [UInt8]) -> Bool {
    switch name {
    case "-A", "--virtual-files", "--sim", "--fifo": true
    default: name.starts(with: "--allow-".utf8)
    }
  }

  private func isLimit(_ name: [UInt8]) -> Bool {
    switch name {
    case "--fuel", "--memory", "--timeout", "--seed", "--faults", "--draw": true
    default: false
    }
  }

  /// Takes a grant.
  private mutating func take(_ name: [UInt8], _ value: [UInt8]?) -> Bool {
    switch (name, value) {
    case ("-A", nil), ("--allow-all", nil): isEverything = true
    case ("--allow-read", _): return Self.add(value, to: &reads)
    case ("--allow-write", _): return Self.add(value, to: &writes)
    case ("--allow-env", nil): environment = .all
    case ("--allow-env", let names?):
      if case .all = environment { return true }
      let added = String(decoding: names, as: UTF8.self).split(separator: ",").map { String($0) }
      if case .listed(let known) = environment {
        environment = .listed(known + added)
      } else {
        environment = .listed(added)
      }
    case ("--allow-net", nil): network.append(NetworkAllowList.Entry(host: nil, port: nil))
    case ("--allow-net", let addresses?):
      for address in String(decoding: addresses, as: UTF8.self).split(separator: ",") {
        guard let entry = NetworkAllowList.Entry(String(address)) else { return false }
        network.append(entry)
      }
    case ("--allow-run", nil): runsPrograms = true
    case ("--virtual-files", nil): hasVirtualFiles = true
    case ("--sim", nil): isSimulated = true
    case ("--fifo", nil): isFair = true
    default: return false
    }
    return true
  }

  private static func add(_ value: [UInt8]?, to permit: inout FilePermit) -> Bool {
    guard let value else {
      permit = .everything
      return true
    }
    if value.isEmpty { return false }
    let paths = value.split(separator: UInt8(ascii: ",")).map { Array($0) }
    switch permit {
    case .everything: break
    case .nothing: permit = .places(paths)
    case .places(let known): permit = .places(known + paths)
    }
    return true
  }

  /// Takes a limit.
  private mutating func limit(_ name: [UInt8], _ value: String) -> Bool {
    switch name {
    case "--fuel":
      fuel = Int64(value)
      return fuel.map { $0 > 0 } ?? false
    case "--seed":
      seed = UInt64(value)
      return seed != nil
    case "--draw":
      drawing = Array(value.utf8)
      return !value.isEmpty
    case "--faults":
      guard let named = Faults(value) else { return false }
      faults = named
      isSimulated = true
      return true
    case "--memory":
      memory = Self.measured(value, Self.byteUnits).map { Int($0) }
      return memory != nil
    default:
      let units = ["ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "": 1_000_000_000]
      timeoutNanoseconds = Self.measured(value, units).map { UInt64($0) }
      return timeoutNanoseconds.map { $0 > 0 } ?? false
    }
  }

  private static let byteUnits = ["": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
  /// The least memory that a program can have.
  private static let memoryMin = 1 << 20

  /// A number with a unit behind it, such as `1.5M`.
  private static func measured(_ text: String, _ units: [String: Int]) -> Double? {
    let number = text.prefix { $0.isNumber || $0 == "." }
    guard let value = Double(number), let unit = units[String(text.dropFirst(number.count))] else {
      return nil
    }
    let result = value * Double(unit)
    return result < 1e18 ? result : nil
  }

  // MARK: Capabilities

  /// Whether the program has what the reference has, and nothing else.
  var isOfReference: Bool { isReference }

  /// What the tasks of the program may wait for in the world, real or simulated.
  var operations: OperationPermissions {
    OperationPermissions(
      network: isEverything ? nil : NetworkAllowList(network),
      readsInput: true,
      runsPrograms: isEverything || runsPrograms,
      hint: Self.hint
    )
  }

  /// The flag that would grant something.
  private static let hint: GrantHint = { permission, subject in
    let value = subject.map { "=\($0)" } ?? ""
    switch permission {
    case .read: return "--allow-read\(value)"
    case .write: return "--allow-write\(value)"
    case .environment: return "--allow-env\(value)"
    case .network, .listen: return "--allow-net\(value)"
    case .run: return "--allow-run"
    case .streams, .timeOfDay: return nil
    }
  }

  /// Whether modules are looked for all over the system, as the reference does.
  var findsModulesEverywhere: Bool { isEverything || reads == .everything }

  /// What the program may use; modules may lie beside it in its folder.
  func capabilities(of whole: Capabilities, programFolder folder: [UInt8]) -> Capabilities {
    if isReference { return whole }
    var given = whole
    given.hint = Self.hint
    let system = SystemNetwork(patience: Console.patience)
    if isEverything { given.network = system }
    if isEverything && !hasVirtualFiles { return given }
    let everything = isEverything ? FilePermit.everything : nil
    let files = PermittedFiles(
      reads: everything ?? reads,
      writes: everything ?? writes,
      hint: Self.hint,
      patience: Console.patience
    )
    given.files = hasVirtualFiles ? overlay(over: files) : files
    if isEverything { return given }
    var modulePlaces = reads
    _ = Self.add(folder, to: &modulePlaces)
    given.modules = PermittedFiles(reads: modulePlaces, writes: .nothing, hint: Self.hint)
    if let system = whole.environment {
      switch environment {
      case .all: break
      case .listed(let names): given.environment = ListedEnvironment(system, names: names)
      case .none: given.environment = ListedEnvironment(system, names: [])
      }
    }
    if let processes = whole.processes, !runsPrograms {
      given.processes = ExitOnly(processes, hint: Self.hint)
    }
    given.network = ListedNetwork(system, NetworkAllowList(network), hint: Self.hint)
    return given
  }

  /// Files in memory over others.
  private func overlay(over files: any FileAccess) -> any FileAccess {
    let quota = FileQuota(byteCount: 256 << 20, fileCount: 10_000)
    let current = Invocation.resolve([UInt8(ascii: ".")])
    return OverlayFiles(MemoryFiles(quota: quota), over: files, current: current)
  }
}
