// Images changed by chance. Each decodes and verifies or is refused; none traps. The checksum is left
// out, so that the changes reach the decoder and the verifier.

import NightjarBase
import NightjarBytecode
import Testing

@Suite struct ImageMutationTests {
  /// How often images passed each stage; the counts show that changes reach all of them.
  private struct Tally {
    var refusedByDecoder = 0
    var refusedByVerifier = 0
    var accepted = 0

    mutating func add(_ bytes: [UInt8]) {
      guard let function = try? Image.decode(bytes, checksum: false) else {
        refusedByDecoder += 1
        return
      }
      // Whatever decodes can be listed, named and written again.
      let naming = VariableNaming(function)
      for index in function.code.indices {
        _ = naming.describeCall(at: index)
        _ = naming.describeIndexed(at: index)
      }
      _ = Disassembler.lines(of: function)
      _ = Image.encode(function, stripping: true)
      if (try? Verifier.verify(function)) == nil {
        refusedByVerifier += 1
      } else {
        accepted += 1
      }
    }
  }

  private let samples = [
    Image.encode(Sample.chunk, stripping: false), Image.encode(Sample.chunk, stripping: true),
  ]

  @Test func everyByteChanged() {
    var tally = Tally()
    for sample in samples {
      for offset in sample.indices {
        for change: UInt8 in [1, 2, 0x10, 0x80, 0xFF] {
          var bytes = sample
          bytes[offset] ^= change
          tally.add(bytes)
        }
        #expect(throws: ImageError.self) {
          var bytes = sample
          bytes[offset] ^= 1
          try Image.load(bytes)
        }
      }
    }
    #expect(tally.refusedByDecoder > 100)
    #expect(tally.refusedByVerifier > 100)
    #expect(tally.accepted > 100)
  }

  @Test func truncationsOfThePayload() {
    // The payload's count says the bytes are all there; the payload ends early.
    for sample in samples {
      for count in 64..<sample.count {
        var bytes = Array(sample.prefix(count))
        for index in 0..<8 {
          bytes[48 + index] = UInt8(truncatingIfNeeded: (count - 64) >> (8 * index))
        }
        #expect(throws: ImageError.self) { try Image.decode(bytes, checksum: false) }
      }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func randomChanges(seed: UInt64) {
    var random = Xoshiro256(seed, 0)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    var tally = Tally()
    for _ in 0..<8_000 {
      var bytes = samples[below(samples.count)]
      for _ in 0...below(4) {
        let offset = 64 + below(bytes.count - 64)
        switch below(4) {
        case 0: bytes[offset] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[offset] = [0, 1, 2, 0x7F, 0x80, 0xFF][below(6)]
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: offset)
        default: if bytes.count > 66 { bytes.remove(at: offset) }
        }
      }
      tally.add(bytes)
    }
    #expect(tally.refusedByDecoder > 100, "seed \(seed)")
    #expect(tally.refusedByVerifier > 100, "seed \(seed)")
  }
}
