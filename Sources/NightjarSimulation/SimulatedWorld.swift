// A world that exists only in memory: a clock that moves when it is told to, and events in the order of their
// times. Whatever is random is drawn from one seed; nothing depends on addresses, threads or the real clock.
// So the same seed and the same machines give the same run, and `traceHash` says whether they did.
//
// INVARIANT: a world and its operations are used by one thread at a time: that of whoever advances it.

package import NightjarBase

/// A simulated world.
package final class SimulatedWorld: OperationSource, SimulatedTime, @unchecked Sendable {
  /// What happens at a time.
  enum Event {
    case timer(SimulatedOperations, OperationID)
    case attempt(SimulatedOperations, OperationID)
    case action(() -> Void)
  }

  /// What goes wrong from now on.
  package var faults: Faults
  /// Nanoseconds since the start.
  package private(set) var monotonicNanoseconds: UInt64 = 0
  /// How many events there were.
  package private(set) var eventCount = 0
  /// A hash of everything that machines were told, and when.
  package private(set) var traceHash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// What the programs are that can be started, by the name or, for shells, the command.
  package var programs: [String: SimulatedProgram] = [:]

  var random: Xoshiro256
  private var events = TimerHeap<Event>()
  private var touched: [SimulatedOperations] = []
  private var machineCount: UInt64 = 0
  /// The hosts in the order in which they were first named.
  private(set) var hosts: [SimulatedHost] = []
  private var hostsByName: [String: SimulatedHost] = [:]
  /// Pairs of hosts that do not reach one another.
  private var partitions: Set<Set<String>> = []
  private var wallOffset: Int64 = 1_700_000_000_000_000_000
  /// What standard input gives.
  private(set) lazy var input = Flow(in: self, capacity: .max)

  /// A world of its own.
  package init(seed: UInt64, faults: Faults = .none) {
    random = Xoshiro256(seed, 0x4E69_6768_746A_6172)
    self.faults = faults
  }

  // MARK: Time

  package var nextEventTime: UInt64? { events.first }

  package func advance(to nanoseconds: UInt64) {
    while let time = events.first, time <= nanoseconds,
      let event = events.takeFirst(until: nanoseconds)
    {
      monotonicNanoseconds = max(monotonicNanoseconds, time)
      eventCount += 1
      switch event {
      case .timer(let machine, let id): machine.fire(id)
      case .attempt(let machine, let id): machine.attempt(id)
      case .action(let body): body()
      }
      deliver()
    }
    monotonicNanoseconds = max(monotonicNanoseconds, nanoseconds)
  }

  /// Lets the next event happen; false when there is none.
  @discardableResult
  package func step() -> Bool {
    guard let time = events.first else { return false }
    advance(to: max(time, monotonicNanoseconds))
    return true
  }

  /// Does something to the world at a time.
  package func at(_ nanoseconds: UInt64, _ body: @escaping (SimulatedWorld) -> Void) {
    events.add(nanoseconds, .action { [unowned self] in body(self) })
  }

  func schedule(_ event: Event, afterNanoseconds nanoseconds: UInt64) {
    events.add(monotonicNanoseconds.saturatingSum(nanoseconds), event)
  }

  func schedule(_ event: Event, at time: UInt64) { events.add(time, event) }

  func after(_ nanoseconds: UInt64, _ body: @escaping () -> Void) {
    events.add(monotonicNanoseconds.saturatingSum(nanoseconds), .action(body))
  }

  private func deliver() {
    while !touched.isEmpty {
      let machines = touched
      touched = []
      for machine in machines { machine.deliver() }
    }
  }

  /// A machine has outcomes to be told.
  func touch(_ machine: SimulatedOperations) { touched.append(machine) }

  /// Puts a word into the trace.
  func trace(_ word: UInt64) {
    let mixed = (traceHash ^ word) &* 0x9E37_79B9_7F4A_7C15
    traceHash = mixed ^ (mixed >> 32)
  }

  // MARK: Chance

  /// Whether something of a share happens now.
  func happens(_ share: Double) -> Bool { share > 0 && random.nextFloat() < share }

  func draw(_ range: ClosedRange<UInt64>) -> UInt64 {
    if range.lowerBound == range.upperBound { return range.lowerBound }
    let (low, high) = (Int64(clamping: range.lowerBound), Int64(clamping: range.upperBound))
    return UInt64(random.nextInteger(from: low, through: high))
  }

  /// A length that is whole, or less by chance.
  func length(_ count: Int) -> Int {
    guard count > 1, happens(faults.partial) else { return count }
    return Int(random.nextInteger(from: 1, through: Int64(count)))
  }

  // MARK: Machines and hosts

  package func makeOperations(
    resourceCountMax: Int,
    sink: any OperationSink
  ) -> any Operations {
    makeOperations(on: "localhost", resourceCountMax: resourceCountMax, sink: sink)
  }

  /// Operations for a machine that runs on a host.
  package func makeOperations(
    on name: String,
    resourceCountMax: Int,
    sink: any OperationSink
  ) -> any Operations {
    machineCount += 1
    let machine = SimulatedOperations(
      number: machineCount,
      on: host(name),
      in: self,
      resourceCountMax: resourceCountMax,
      sink: sink
    )
    machine.host.machines.append(machine)
    return machine
  }

  /// The machines of one host as a source.
  package func source(on name: String) -> any OperationSource { HostSource(self, name) }

  /// The host of a name, which is there from now on.
  @discardableResult
  func host(_ name: String) -> SimulatedHost {
    if let host = hostsByName[name] { return host }
    let number = hosts.count + 1
    let address = "10.0.\(number >> 8).\(number & 255)"
    let host = SimulatedHost(name: name, address: address, in: self)
    hosts.append(host)
    hostsByName[name] = host
    hostsByName[address] = host
    return host
  }

  /// Adds a host that nothing runs on yet.
  package func addHost(_ name: String) { host(name) }

  /// The host that a name or a number leads to from another one.
  func find(_ name: String, from own: SimulatedHost) -> SimulatedHost? {
    switch name {
    case "localhost", "127.0.0.1", "::1", "0.0.0.0", "::": own
    default: hostsByName[name]
    }
  }

  // MARK: Disasters

  /// Cuts two hosts off from one another, or lets them meet again.
  package func partition(_ one: String, _ other: String, isCut: Bool = true) {
    if isCut {
      partitions.insert([one, other])
    } else {
      partitions.remove([one, other])
    }
  }

  func reaches(_ one: SimulatedHost, _ other: SimulatedHost) -> Bool {
    one === other || !partitions.contains([one.name, other.name])
  }

  /// Kills everything that runs on a host: connections end or are reset, ports are free.
  package func kill(_ name: String) {
    for machine in host(name).machines { machine.end() }
    // What the dead had to say nobody hears, but it is in the trace.
    after(0) {}
  }

  /// Resets a connection that operations of this world have open.
  package func reset(_ connection: ResourceID, of operations: any Operations) {
    (operations as? SimulatedOperations)?.reset(connection)
  }

  /// Lets everything that arrives at a host come in slowly.
  package func slow(_ name: String, bytesPerSecond: UInt64?) {
    host(name).bytesPerSecond = bytesPerSecond
  }

  /// Moves the time of day.
  package func jumpClock(bySeconds seconds: Int64) { wallOffset &+= seconds &* 1_000_000_000 }

  /// The time of day, which may jump when somebody looks.
  fileprivate func timeOfDay() -> Timestamp {
    if happens(faults.clockJump) {
      jumpClock(bySeconds: random.nextInteger(from: -3_600, through: 3_600))
    }
    let (sum, overflows) = wallOffset.addingReportingOverflow(Int64(clamping: monotonicNanoseconds))
    let time = overflows ? Int64.max : sum
    let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Timestamp(seconds: seconds, nanoseconds: Int32(rest))
  }

  /// The world's clock as a capability.
  package var clock: any TimeSource { SimulatedClock(self) }

  // MARK: Input

  /// Types something at standard input, at a time.
  package func type(_ text: String, at nanoseconds: UInt64 = 0) {
    at(nanoseconds) { $0.input.arrive(Array(text.utf8)) }
  }

  /// Ends standard input, at a time.
  package func endInput(at nanoseconds: UInt64 = 0) {
    at(nanoseconds) { $0.input.arrive([]) }
  }
}

/// The clock of a world.
private final class SimulatedClock: TimeSource {
  private let world: SimulatedWorld

  init(_ world: SimulatedWorld) { self.world = world }

  func now() -> Timestamp { world.timeOfDay() }
  func monotonicNanoseconds() -> UInt64 { world.monotonicNanoseconds }
  func processorNanoseconds() -> UInt64 { world.monotonicNanoseconds }
}

/// A host of a world, as a source.
private final class HostSource: OperationSource {
  private let world: SimulatedWorld
  private let name: String

  init(_ world: SimulatedWorld, _ name: String) {
    self.world = world
    self.name = name
  }

  func makeOperations(resourceCountMax: Int, sink: any OperationSink) -> any Operations {
    world.makeOperations(on: name, resourceCountMax: resourceCountMax, sink: sink)
  }
}
