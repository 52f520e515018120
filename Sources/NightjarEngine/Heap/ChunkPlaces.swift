// The only state that machines share: chunks and cradles that belong to no machine at the moment, in atomic
// words. Threads exchange whole chunks through them and nothing else.

internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Places for four chunks, each empty or taken.
///
/// A chunk's bytes are never read before they are written, so nothing of one machine shows in another.
final class ChunkPlaces: Sendable {
  private let first = Atomic<UInt>(0)
  private let second = Atomic<UInt>(0)
  private let third = Atomic<UInt>(0)
  private let fourth = Atomic<UInt>(0)

  private static let count = 4

  var isFull: Bool { (0..<Self.count).allSatisfy { address(at: $0) != 0 } }

  /// Takes a chunk out, if there is one.
  func take() -> UnsafeMutableRawPointer? {
    for index in 0..<Self.count {
      if let chunk = UnsafeMutableRawPointer(bitPattern: exchange(index, 0)) { return chunk }
    }
    return nil
  }

  /// Whether there was room; the chunk then belongs to whoever takes it.
  func keep(_ chunk: UnsafeMutableRawPointer) -> Bool {
    for index in 0..<Self.count where fill(index, UInt(bitPattern: chunk)) { return true }
    return false
  }

  private func address(at index: Int) -> UInt {
    switch index {
    case 0: first.load(ordering: .relaxed)
    case 1: second.load(ordering: .relaxed)
    case 2: third.load(ordering: .relaxed)
    default: fourth.load(ordering: .relaxed)
    }
  }

  private func exchange(_ index: Int, _ address: UInt) -> UInt {
    switch index {
    case 0: first.exchange(address, ordering: .acquiringAndReleasing)
    case 1: second.exchange(address, ordering: .acquiringAndReleasing)
    case 2: third.exchange(address, ordering: .acquiringAndReleasing)
    default: fourth.exchange(address, ordering: .acquiringAndReleasing)
    }
  }

  private func fill(_ index: Int, _ address: UInt) -> Bool {
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

/// Chunks of machines that ended, for those that begin: a server that makes a machine for each request
/// would spend half of its creation on page faults.
enum SpareChunks {
  static let places = ChunkPlaces()
}

/// Chunks for when the system refuses memory.
///
/// With them machines reach a safepoint, where they can collect or raise "not enough memory". Nobody
/// writes to them until then, so they are not resident.
enum MemoryReserve {
  private static let places = ChunkPlaces()

  /// From how many chunks on a heap sees to the reserve: keeping it costs some pages.
  static var useMin: Int { 8 }

  static var isFull: Bool { places.isFull }

  /// Fills up what is missing.
  ///
  /// - Returns: Whether the system gave as much.
  static func fill() -> Bool {
    while !places.isFull {
      guard let chunk = Chunk.allocate() else { return false }
      if !places.keep(chunk) { free(chunk) }
    }
    return true
  }

  /// A chunk for a machine that the system gave none.
  static func take() -> UnsafeMutableRawPointer? { places.take() }

  /// Resizes a list's storage, with memory of the reserve when the system has no other.
  static func resize(
    _ memory: UnsafeMutableRawPointer?,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    while true {
      if let moved = ListStorage.resize(memory, from: oldByteCount, to: byteCount) { return moved }
      guard let chunk = places.take() else { return nil }
      free(chunk)
    }
  }
}
