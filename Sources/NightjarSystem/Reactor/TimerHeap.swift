// Times that something is waited for. What is cancelled stays in the heap until its time comes or until the
// dead outnumber the living; whoever owns the entries knows which are which.

/// A heap of times, the earliest first; of equal ones the one that was added first.
struct TimerHeap<Payload> {
  private struct Entry {
    let time: UInt64
    let serial: UInt64
    let payload: Payload

    func comes(before other: Entry) -> Bool {
      time != other.time ? time < other.time : serial < other.serial
    }
  }

  private var entries: [Entry] = []
  private var lastSerial: UInt64 = 0

  /// The earliest time.
  var first: UInt64? { entries.first?.time }
  var count: Int { entries.count }

  mutating func add(_ time: UInt64, _ payload: Payload) {
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
  mutating func takeFirst(until now: UInt64) -> Payload? {
    guard let first = entries.first, first.time <= now else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink(from: 0)
    }
    return first.payload
  }

  /// Drops entries.
  mutating func removeAll(where isDead: (Payload) -> Bool) {
    entries.removeAll { isDead($0.payload) }
    // A sorted array is a heap.
    entries.sort { $0.comes(before: $1) }
  }

  private mutating func sink(from start: Int) {
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
