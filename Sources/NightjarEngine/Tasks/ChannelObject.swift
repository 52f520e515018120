// What tasks wait for beside time and one another: bounded channels, and gates (semaphores, mutexes,
// events).

/// A bounded channel: a ring of values, and those that wait to send or to receive.
///
/// INVARIANT: receivers wait only while it is empty; senders only while it is full.
struct ChannelObject {
  var header: ObjectHeader
  var metatable: TableRef?
  /// `capacity` values in external storage, `count` of them in use from `start` on.
  var ring: Slots
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
  /// The neighbours in the list of mutexes that are held.
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
  var id: UInt32
  var contended: UInt32 = 0

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
  /// - Precondition: there is room.
  @inline(__always)
  func push(_ value: Value) {
    var index = pointee.start &+ pointee.count
    if index >= pointee.capacity { index &-= pointee.capacity }
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
    if pointee.start == pointee.capacity { pointee.start = 0 }
    pointee.count &-= 1
    return value
  }
}
