// What tasks wait for beside time and one another: bounded channels, and gates (semaphores, mutexes,
// events).

/// A bounded channel: a ring of values, and those that wait to send or to receive.
///
/// The ring has room for a few values at first and is doubled when it is full, up to the capacity.
///
/// INVARIANT: receivers wait only while it is empty; senders only while it is full.
struct ChannelObject {
  var header: ObjectHeader
  var metatable: TableRef?
  /// `ringCount` values in external storage, `count` of them in use from `start` on.
  var ring: Slots
  var ringCount: Int32
  /// The most values that may wait.
  var capacity: Int32
  var count: Int32 = 0
  var start: Int32 = 0
  var isClosed = false
  var id: UInt32
  /// The number of the task that closed it; 0 for none.
  var closer: UInt32 = 0
  var senders = WaitQueue()
  var receivers = WaitQueue()
  var name: StringRef?
  /// The most values it held, and how often somebody had to wait.
  var peak: Int32 = 0
  var contended: UInt32 = 0
}

typealias ChannelRef = UnsafeMutablePointer<ChannelObject>

/// An end of a channel: what scripts hold.
struct ChannelEndObject {
  var header: ObjectHeader
  var metatable: TableRef?
  var channel: ChannelRef
}

typealias ChannelEndRef = UnsafeMutablePointer<ChannelEndObject>

/// A semaphore, mutex or event.
struct GateObject {
  var header: ObjectHeader
  var metatable: TableRef?
  /// Those that wait.
  var waiters = WaitQueue()
  /// Who holds the mutex.
  var owner: TaskRef?
  /// Neighbours among the mutexes that are held.
  var nextHeld: GateRef?
  var previousHeld: GateRef?
  var name: StringRef?
  /// The number of the task that ended while it held the mutex; 0 for none.
  var lostOwner: UInt32 = 0
  /// Permits left; for an event 1 when it is set.
  var permits: Int64
  /// Permits there are in all.
  var capacity: Int64
  var kind: Kind
  /// The last owner ended without letting go.
  var isPoisoned = false
  /// Those that waited for the mutex were not all of one priority.
  var isMixed = false
  var id: UInt32
  /// How often somebody had to wait.
  var contended: UInt32 = 0
  /// How often the owner of the mutex had run when it took it.
  var ownerRuns: UInt32 = 0
  /// How often the mutex was held across a wait, and the longest of these holds, in nanoseconds.
  var heldAcross: UInt32 = 0
  var longestHold: UInt64 = 0
  /// When its owner took it.
  var takenAt: UInt64 = 0

  enum Kind: UInt8 {
    case semaphore
    case mutex
    case event
  }
}

typealias GateRef = UnsafeMutablePointer<GateObject>

extension UnsafeMutablePointer where Pointee == ChannelObject {
  /// Puts a value in.
  ///
  /// - Precondition: there is room in the ring.
  @inline(__always)
  func push(_ value: Value) {
    var index = pointee.start &+ pointee.count
    if index >= pointee.ringCount { index &-= pointee.ringCount }
    pointee.ring[Int(index)] = value
    pointee.count &+= 1
    if pointee.count > pointee.peak { pointee.peak = pointee.count }
  }

  /// Takes the oldest value out.
  ///
  /// - Precondition: it is not empty.
  @inline(__always)
  func take() -> Value {
    let index = Int(pointee.start)
    let value = pointee.ring[index]
    pointee.ring[index] = .nil
    pointee.start &+= 1
    if pointee.start == pointee.ringCount { pointee.start = 0 }
    pointee.count &-= 1
    return value
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Values that a ring has room for at first.
  private static var firstRingCount: Int32 { 8 }

  /// Makes room for a value in a channel that holds fewer than it may.
  ///
  /// - Throws: "not enough memory"; the channel is then as it was.
  @inline(__always)
  func reserveRing(of channel: ChannelRef) throws(ScriptError) {
    if channel.pointee.count == channel.pointee.ringCount { try growRing(of: channel) }
  }

  @inline(never)
  private func growRing(of channel: ChannelRef) throws(ScriptError) {
    let old = channel.pointee.ringCount
    let doubled = old &+ Swift.max(old, Self.firstRingCount)
    let grown = Swift.min(doubled, channel.pointee.capacity)
    let width = MemoryLayout<Value>.stride
    guard
      let storage = pointee.heap.resizeExternal(
        channel.pointee.ring,
        from: Int(old) &* width,
        to: Int(grown) &* width
      )
    else { throw raiseMemory() }
    let ring = storage.assumingMemoryBound(to: Value.self)
    let (first, added) = (Int(channel.pointee.start), Int(grown &- old))
    // What stood before the beginning stays; what stood from there on goes to the new end.
    let tail = Int(old) &- first
    (ring + Int(old)).initialize(repeating: .nil, count: added)
    if first > 0 {
      for index in stride(from: tail &- 1, through: 0, by: -1) {
        ring[first &+ added &+ index] = ring[first &+ index]
      }
      for index in first..<Swift.min(first &+ added, Int(grown)) { ring[index] = .nil }
      channel.pointee.start = Int32(truncatingIfNeeded: first &+ added)
    }
    channel.pointee.ring = ring
    channel.pointee.ringCount = grown
    pointee.fuel &-= Int64(grown >> 3)
    registerOwner(object: UnsafeMutableRawPointer(channel))
  }
}
