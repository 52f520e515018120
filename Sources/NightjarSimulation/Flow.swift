// One direction of a connection or a pipe. Bytes that are written travel as pieces, in their order and as long
// as the world wants, and wait at the end until they are read. A flow holds no more than its capacity,
// on the way and at the end together, so that who writes faster than the other reads has to wait.
//
//     write ─▶ pieces: due at times, the first has an event ─▶ arrived ─▶ read

internal import NightjarBase

/// One direction of a connection or a pipe.
final class Flow {
  /// A piece on its way; without bytes it is the end.
  private struct Piece {
    let bytes: [UInt8]
    var due: UInt64
    /// How often it was sent in vain.
    var lossCount = 0
  }

  /// What is read from a flow, in the order of asking.
  struct Waiting {
    /// Not owned: it owns the end that it waits at.
    weak var machine: SimulatedOperations?
    let id: OperationID
  }

  private unowned let world: SimulatedWorld
  private let capacity: Int
  /// The hosts at both ends; nil for pipes, in which nothing is lost.
  private let source: SimulatedHost?
  private let target: SimulatedHost?
  private var pieces: [Piece] = []
  private var travellingCount = 0
  private var arrived: [UInt8] = []
  private var readers: [Waiting] = []
  private var writers: [Waiting] = []
  private var isEndSent = false
  private var isEnded = false
  private var isAbandoned = false
  private(set) var failure: SystemError?
  /// Called when bytes arrive at an end that is closed.
  var whenRefused: (() -> Void)?
  /// Called when the connection is to be reset.
  var whenReset: ((SystemError) -> Void)?
  /// Called when there is something to read for a program.
  var whenArrived: (() -> Void)?

  /// Time until lost bytes are sent again, at first, and the most times.
  private static let retryNanoseconds: UInt64 = 200_000_000
  private static let lossCountMax = 8

  init(
    in world: SimulatedWorld,
    from source: SimulatedHost? = nil,
    to target: SimulatedHost? = nil,
    capacity: Int = 65_536
  ) {
    self.world = world
    self.source = source
    self.target = target
    self.capacity = capacity
  }

  /// How many bytes wait to be read.
  var unreadCount: Int { arrived.count }

  // MARK: Operations

  /// Reads some bytes; nil when there are none yet.
  func read(_ byteCountMax: Int) throws(SystemError) -> [UInt8]? {
    if arrived.isEmpty {
      if let failure { throw failure }
      return isEnded ? [] : nil
    }
    let count = world.length(min(max(byteCountMax, 1), arrived.count))
    let bytes = Array(arrived[..<count])
    arrived.removeFirst(count)
    wakeWriters()
    return bytes
  }

  /// Writes some bytes; nil when there is no room.
  func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int? {
    if let failure { throw failure }
    if isEndSent || isAbandoned && source == nil { throw .brokenPipe }
    if bytes.isEmpty { return 0 }
    let room = capacity - travellingCount - arrived.count
    if room <= 0 { return nil }
    let count = world.length(min(bytes.count, room))
    send(Array(bytes.prefix(count)))
    return count
  }

  /// Sends the end behind everything else.
  func end() {
    if isEndSent || failure != nil { return }
    isEndSent = true
    send([])
  }

  /// Nobody reads here any more.
  func abandon() {
    isAbandoned = true
    arrived = []
    if source == nil { wakeWriters() }
  }

  /// Ends the flow at once.
  func fail(_ error: SystemError) {
    if failure != nil { return }
    failure = error
    pieces = []
    travellingCount = 0
    wakeReaders()
    wakeWriters()
  }

  func wait(toRead waiting: Waiting) { readers.append(waiting) }
  func wait(toWrite waiting: Waiting) { writers.append(waiting) }

  func withdraw(_ id: OperationID, of machine: SimulatedOperations) {
    readers.removeAll { $0.id == id && $0.machine === machine }
    writers.removeAll { $0.id == id && $0.machine === machine }
  }

  /// Operations are attempted again in turn; those that would wait come back.
  private func wakeReaders() {
    let all = readers
    readers = []
    for waiting in all { waiting.machine?.attempt(waiting.id) }
    whenArrived?()
  }

  private func wakeWriters() {
    let all = writers
    writers = []
    for waiting in all { waiting.machine?.attempt(waiting.id) }
  }

  // MARK: Travelling

  private func send(_ bytes: [UInt8]) {
    travellingCount += bytes.count
    var delay: UInt64 = 0
    if let source, let target {
      delay = source === target ? 0 : world.draw(world.faults.latencyNanoseconds)
      let rates = [world.faults.bytesPerSecond, source.bytesPerSecond, target.bytesPerSecond]
      if let rate = rates.compactMap({ $0 }).min() {
        let time = UInt64(bytes.count).saturatingProduct(1_000_000_000) / max(rate, 1)
        delay = delay.saturatingSum(time)
      }
    }
    // A piece does not overtake another, and a slow flow carries one after the other.
    let start = max(world.monotonicNanoseconds, pieces.last?.due ?? 0)
    let due = (pieces.isEmpty ? world.monotonicNanoseconds : start).saturatingSum(delay)
    pieces.append(Piece(bytes: bytes, due: due))
    if pieces.count == 1 { scheduleFirst() }
  }

  private func scheduleFirst() {
    guard let first = pieces.first else { return }
    let due = max(first.due, world.monotonicNanoseconds)
    world.schedule(.action { [self] in arriveFirst() }, at: due)
  }

  private func arriveFirst() {
    guard let piece = pieces.first, failure == nil else { return }
    if let source, let target, source !== target {
      let isLost = !world.reaches(source, target) || world.happens(world.faults.loss)
      if isLost {
        if piece.lossCount == Self.lossCountMax {
          whenReset?(.timedOut)
          return
        }
        let wait = Self.retryNanoseconds << piece.lossCount
        pieces[0].due = world.monotonicNanoseconds.saturatingSum(wait)
        pieces[0].lossCount += 1
        scheduleFirst()
        return
      }
      if world.happens(world.faults.reset) {
        whenReset?(.connectionReset)
        return
      }
    }
    pieces.removeFirst()
    travellingCount -= piece.bytes.count
    if isAbandoned {
      if !piece.bytes.isEmpty { whenRefused?() }
    } else {
      arrive(piece.bytes)
    }
    scheduleFirst()
  }

  /// Brings bytes to the end of the flow; none are its end.
  func arrive(_ bytes: [UInt8]) {
    if bytes.isEmpty { isEnded = true }
    arrived += bytes
    wakeReaders()
  }

  /// Takes everything that has arrived, for a program.
  func takeArrived() -> (bytes: [UInt8], isEnded: Bool) {
    let bytes = arrived
    arrived = []
    wakeWriters()
    return (bytes, isEnded)
  }
}
