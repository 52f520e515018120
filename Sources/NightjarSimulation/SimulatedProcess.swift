// Programs of a simulated world: short lists of what they do, which are enough for tests of those who start
// them.

internal import NightjarBase

/// What a program does from its start to its end.
package struct SimulatedProgram: Sendable {
  /// One thing that a program does.
  package enum Step: Sendable {
    case write(String)
    case writeError(String)
    /// Waits for a line of its input and writes it with something before it.
    case echoLine(prefix: String)
    /// Writes its input until that ends.
    case copyInput
    case sleep(nanoseconds: UInt64)
    case exit(Int32)
    /// Does nothing until it is killed.
    case hang
  }

  package var steps: [Step]

  package init(_ steps: [Step]) { self.steps = steps }
}

/// A program that runs.
final class SimulatedProcess: SimulatedResource {
  private var steps: ArraySlice<SimulatedProgram.Step>
  private let input: Flow?
  private let output: Flow?
  private let error: Flow?
  private unowned let world: SimulatedWorld
  private var status: ProcessStatus?
  private var waiting: [Flow.Waiting] = []
  private var unwritten: [UInt8] = []
  private var read: [UInt8] = []
  private var isInputEnded = false
  private var isSleeping = false

  /// The signal that ends whoever has nobody to write to, and the one that none survives.
  private static let brokenPipeSignal: Int32 = 13
  private static let killSignal: Int32 = 9

  init(
    _ program: SimulatedProgram,
    _ input: Flow?,
    _ output: Flow?,
    _ error: Flow?,
    in world: SimulatedWorld
  ) {
    steps = program.steps[...]
    self.input = input
    self.output = output
    self.error = error
    self.world = world
    isInputEnded = input == nil
    super.init()
    input?.whenArrived = { [weak self] in self?.takeInput() }
  }

  override func attempt(
    _ request: OperationRequest,
    _ waiting: Flow.Waiting
  ) throws(SystemError) -> OperationOutcome? {
    guard case .wait = request else { throw .invalidArgument }
    if let status { return .ended(status) }
    self.waiting.append(waiting)
    return nil
  }

  override func withdraw(_ id: OperationID, of machine: SimulatedOperations) {
    waiting.removeAll { $0.id == id && $0.machine === machine }
  }

  override func close() { finish(.signaled(Self.killSignal)) }

  /// Every signal ends a program.
  func signal(_ number: Int32) {
    world.after(0) { [self] in finish(.signaled(number)) }
  }

  // MARK: Running

  func run() {
    while status == nil && !isSleeping {
      if !writeRest() { return }
      guard let step = steps.first else { return finish(.exited(0)) }
      switch step {
      case .write(let text): unwritten = Array(text.utf8)
      case .writeError(let text): _ = try? error?.write(Array(text.utf8)[...])
      case .exit(let code): return finish(.exited(code))
      case .hang: return
      case .sleep(let nanoseconds):
        isSleeping = true
        world.after(nanoseconds) { [self] in
          isSleeping = false
          run()
        }
      case .echoLine(let prefix):
        guard let end = read.firstIndex(of: 0x0A) else {
          if isInputEnded { return finish(.exited(1)) }
          return
        }
        unwritten = Array(prefix.utf8) + read[...end]
        read.removeFirst(end + 1)
      case .copyInput:
        guard read.isEmpty else {
          unwritten = read
          read = []
          continue
        }
        if !isInputEnded { return }
      }
      steps.removeFirst()
    }
  }

  private func takeInput() {
    guard let input, status == nil else { return }
    let (bytes, isEnded) = input.takeArrived()
    read += bytes
    isInputEnded = isEnded
    if !isSleeping { run() }
  }

  /// Writes what is left to write; false when there is no room.
  private func writeRest() -> Bool {
    while !unwritten.isEmpty {
      guard let output else {
        unwritten = []
        return true
      }
      do throws(SystemError) {
        guard let count = try output.write(unwritten[...]) else {
          world.after(1_000_000) { [weak self] in self?.run() }
          return false
        }
        unwritten.removeFirst(count)
      } catch {
        finish(.signaled(Self.brokenPipeSignal))
        return false
      }
    }
    return true
  }

  private func finish(_ status: ProcessStatus) {
    if self.status != nil { return }
    self.status = status
    input?.abandon()
    output?.end()
    error?.end()
    let all = waiting
    waiting = []
    for one in all { one.machine?.attempt(one.id) }
  }
}
