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
    entries.append(Entry(time: time, serial: lastSerial, payload: payload))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].comes(before: entries[parent]) else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out what is due at a time.
  @inlinable
  package mutating func takeFirst(until now: UInt64) -> Payload? {
    guard let first = entries.first, first.time <= now else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink(from: 0)
    }
    return first.payload
  }

  /// Drops entries.
  @inlinable
  package mutating func removeAll(where isDead: (Payload) -> Bool) {
    entries.removeAll { isDead($0.payload) }
    // A sorted array is a heap.
    entries.sort { $0.comes(before: $1) }
  }

  @inlinable
  mutating func sink(from start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && entries[child].comes(before: entries[least]) {
        least = child
      }
      if least == parent { return }
      entries.swapAt(least, parent)
      parent = least
    }
  }
}
