// Memory that outlives its machine: a process-wide place for a few chunks, the only state that machines
// share. Threads exchange whole chunks through atomic words and nothing else.

internal import Synchronization

/// Chunks of machines that ended, for those that begin: a server that makes a machine for each request
/// would spend half of its creation on page faults.
///
/// A chunk's bytes are never read before they are written, so nothing of one machine shows in another.
enum SpareChunks {
  /// At most this many megabytes are kept.
  private static let places = SpareChunkPlaces()

  static func take() -> UnsafeMutableRawPointer? {
    for index in 0..<places.count {
      let address = places.exchange(index, 0)
      if address != 0 { return UnsafeMutableRawPointer(bitPattern: address) }
    }
    return nil
  }

  /// Whether there was room; then the chunk belongs to the next machine.
  static func keep(_ chunk: UnsafeMutableRawPointer) -> Bool {
    for index in 0..<places.count where places.fill(index, UInt(bitPattern: chunk)) { return true }
    return false
  }
}

/// Four places that threads exchange chunks through.
private final class SpareChunkPlaces: Sendable {
  private let first = Atomic<UInt>(0)
  private let second = Atomic<UInt>(0)
  private let third = Atomic<UInt>(0)
  private let fourth = Atomic<UInt>(0)

  var count: Int { 4 }

  func exchange(_ index: Int, _ address: UInt) -> UInt {
    switch index {
    case 0: first.exchange(address, ordering: .acquiringAndReleasing)
    case 1: second.exchange(address, ordering: .acquiringAndReleasing)
    case 2: third.exchange(address, ordering: .acquiringAndReleasing)
    default: fourth.exchange(address, ordering: .acquiringAndReleasing)
    }
  }

  func fill(_ index: Int, _ address: UInt) -> Bool {
    func put(_ place: borrowing Atomic<UInt>) -> Bool {
      place.compareExchange(expected: 0, desired: address, ordering: .acquiringAndReleasing)
        .exchanged
    }
    switch index {
    case 0: return put(first)
    case 1: return put(second)
    case 2: return put(third)
    default: return put(fourth)
    }
  }
}
