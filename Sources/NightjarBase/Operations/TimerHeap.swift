// Times that something is waited for. What is cancelled stays in the heap until its time comes or until the
// dead outnumber the living; whoever owns the entries knows which are which.

/// A heap of times, the earliest first; of equal ones the one that was added first.
@frozen
@usableFromInline
package struct TimerHeap<Payload> {
  @frozen
  @usableFromInline
  struct Entry {
    @usableFromInline let time: UInt64
    @usableFromInline let serial: UInt64
    @usableFromInline let payload: Payload

    @inlinable
    init(time: UInt64, serial: UInt64, payload: Payload) {
      self.time = time
      self.serial = serial
      self.payload = payload
    }

    @inlinable
    func comes(before other: Entry) -> Bool {
      time != other.time ? time < other.time : serial < other.serial
    }
  }

  @usableFromInline var entries: [Entry] = []
  @usableFromInline var lastSerial: UInt64 = 0

  /// A heap without times.
  @inlinable
  package init() {}

  /// The earliest time.
  @inlinable
  package var first: UInt64? { entries.first?.time }

  @inlinable
  package var count: Int { entries.count }

  /// Adds a time.
  @inlinable
  package mutating func add(_ time: UInt64, _ payload: Payload) {
    lastSerial += 1
    let entry = Entry(time: time, serial: lastSerial, payload: payload)
    entries.append(entry)
    var hole = entries.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard entry.comes(before: entries[parent]) else { break }
      entries[hole] = entries[parent]
      hole = parent
    }
    entries[hole] = entry
  }

  /// Takes out what is due at a time.
  @inlinable
  package mutating func takeFirst(until now: UInt64) -> Payload? {
    guard let first = entries.first, first.time <= now else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty { sink(last) }
    return first.payload
  }

  /// Drops entries.
  @inlinable
  package mutating func removeAll(where isDead: (Payload) -> Bool) {
    entries.removeAll { isDead($0.payload) }
    // A sorted array is a heap.
    entries.sort { $0.comes(before: $1) }
  }

  /// Puts an entry where the first one was.
  @inlinable
  mutating func sink(_ entry: Entry) {
    let count = entries.count
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count && entries[child + 1].comes(before: entries[child]) { child += 1 }
      guard entries[child].comes(before: entry) else { break }
      entries[hole] = entries[child]
      hole = child
    }
    entries[hole] = entry
  }
}
