// What the targets have in common on their way from libFuzzer's pointers to bytes and back.

/// libFuzzer's own change of bytes in place: where they start, how many there are and may be; returns
/// how many there are then.
package typealias ByteMutation = (UnsafeMutablePointer<UInt8>, Int, Int) -> Int

/// An input that libFuzzer wants changed in place.
///
/// INVARIANT: `start` leads to `count` bytes, and to room for `countMax`, while a target's function runs.
package struct MutableInput {
  private let start: UnsafeMutablePointer<UInt8>
  private let count: Int
  private let countMax: Int

  package init(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ countMax: Int) {
    self.start = start
    self.count = count
    self.countMax = countMax
  }

  /// Changes the input with `change`, or as libFuzzer does where that gives nothing.
  ///
  /// - Parameters:
  ///   - mutateBytes: libFuzzer's own way.
  ///   - change: Takes the bytes and how many there may be.
  /// - Returns: The new count.
  package func mutate(
    orBy mutateBytes: ByteMutation,
    _ change: ([UInt8], Int) -> [UInt8]?
  ) -> Int {
    guard let changed = change(Array(UnsafeBufferPointer(start: start, count: count)), countMax)
    else { return mutateBytes(start, count, countMax) }
    return replace(with: changed)
  }

  /// Puts bytes in the input's place.
  ///
  /// - Returns: The new count.
  package func replace(with bytes: [UInt8]) -> Int {
    start.update(from: bytes, count: bytes.count)
    return bytes.count
  }
}

extension Mutation {
  /// Puts a program into `result` that has pieces of the second in place of pieces of the first.
  ///
  /// - Returns: Its byte count; 0 if there is none.
  package static func crossOver(
    _ first: UnsafeBufferPointer<UInt8>,
    _ second: UnsafeBufferPointer<UInt8>,
    into result: UnsafeMutablePointer<UInt8>,
    _ countMax: Int,
    seed: UInt32
  ) -> Int {
    let mixed = mutated(
      source: Array(first),
      donor: Array(second),
      seed: UInt64(seed),
      byteCountMax: countMax
    )
    return mixed.map { MutableInput(result, 0, countMax).replace(with: $0) } ?? 0
  }
}
