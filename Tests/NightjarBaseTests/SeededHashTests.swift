// The string hash: stable for a seed, different between seeds, no pattern that collides.

import NightjarBase
import Testing

@Suite struct SeededHashTests {
  private let function = SeededHash(seed: 7)

  private func hash(_ bytes: [UInt8], with function: SeededHash) -> UInt64 {
    bytes.withUnsafeBytes { room in
      room.baseAddress.map { function.hash($0, count: bytes.count) } ?? 0
    }
  }

  @Test func equalBytesHashEqualWhereverTheyLie() {
    for count in 1...100 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
      let shifted = [0, 0, 0] + bytes
      let elsewhere = shifted.withUnsafeBytes { room in
        room.baseAddress.map { function.hash($0 + 3, count: count) }
      }
      #expect(elsewhere == hash(bytes, with: function))
    }
  }

  @Test func theSeedChoosesTheFunction() {
    let text = Array("function".utf8)
    #expect(hash(text, with: SeededHash(seed: 1)) == hash(text, with: SeededHash(seed: 1)))
    #expect(hash(text, with: SeededHash(seed: 1)) != hash(text, with: SeededHash(seed: 2)))
    #expect(hash(text, with: SeededHash(seed: 1)) != hash(text, with: SeededHash(seed: 1, 1)))
  }

  @Test func everyBitOfEveryByteMatters() {
    for count in 1...80 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
      let original = hash(bytes, with: function)
      var differingBitCount = 0
      for bit in 0..<count * 8 {
        var flipped = bytes
        flipped[bit / 8] ^= 1 << (bit % 8)
        let difference = hash(flipped, with: function) ^ original
        #expect(difference != 0)
        differingBitCount += difference.nonzeroBitCount
      }
      // About half of the bits change on average.
      let average = Double(differingBitCount) / Double(count * 8)
      #expect((26...38).contains(average), "\(average) bits at \(count) bytes")
    }
  }

  @Test func zerosOfEveryLengthDiffer() {
    let hashes = (1...2000).map { hash([UInt8](repeating: 0, count: $0), with: function) }
    #expect(Set(hashes).count == hashes.count)
  }

  @Test(arguments: ["", "key", "a.rather.long.prefix.of.more.than.forty.bytes/"])
  func numberedKeysSpreadEvenly(prefix: String) {
    var buckets = [Int](repeating: 0, count: 1 << 12)
    let keyCount = buckets.count * 16
    for index in 0..<keyCount {
      let value = hash(Array((prefix + String(index)).utf8), with: function)
      buckets[Int(truncatingIfNeeded: value) & (buckets.count - 1)] += 1
    }
    // Sixteen a bucket; fifty would be eight standard deviations away.
    #expect(buckets.max() ?? 0 < 50)
  }
}
