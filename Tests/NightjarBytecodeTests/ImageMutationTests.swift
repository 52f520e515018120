// Images changed by chance. Each decodes and verifies or is refused; none traps. Payloads are decoded
// without their header, so that the changes reach the decoder and the verifier.

import Foundation
import NightjarBase
import NightjarBytecode
import Testing

@Suite struct ImageMutationTests {
  /// How often images passed each stage; the counts show that changes reach all of them.
  private struct Tally {
    var refusedByDecoder = 0
    var refusedByVerifier = 0
    var accepted = 0

    mutating func add(_ payload: [UInt8]) {
      guard let function = try? Image.decode(payload: payload[...]) else {
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

  private let images = [
    Image.encode(Sample.chunk, stripping: false), Image.encode(Sample.chunk, stripping: true),
  ]

  private var payloads: [[UInt8]] { images.map { Array($0.dropFirst(Image.payloadOffset)) } }

  /// The fuzzer of binary chunks starts from these payloads; `NIGHTJAR_BLESS=1` writes them.
  @Test func seedsAreFresh() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fuzz/Seeds/FuzzBinaryChunk")
    for (payload, name) in zip(payloads, ["sample", "stripped"]) {
      let url = folder.appending(path: name)
      if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
        try Data(payload).write(to: url)
      }
      #expect(try Array(Data(contentsOf: url)) == payload)
    }
  }

  @Test func everyByteOfImages() {
    for image in images {
      for offset in image.indices {
        var bytes = image
        bytes[offset] ^= 1
        #expect(throws: ImageError.self) { try Image.load(bytes) }
      }
    }
  }

  @Test func everyByteOfPayloads() {
    var tally = Tally()
    for payload in payloads {
      for offset in payload.indices {
        for change: UInt8 in [1, 2, 4, 0x10, 0x20, 0x80, 0xFF] {
          var bytes = payload
          bytes[offset] ^= change
          tally.add(bytes)
        }
      }
    }
    #expect(tally.refusedByDecoder > 100)
    #expect(tally.refusedByVerifier > 100)
    #expect(tally.accepted > 100)
  }

  @Test func everyTruncationOfPayloads() {
    for payload in payloads {
      for count in payload.indices {
        #expect(throws: ImageError.self) { try Image.decode(payload: payload.prefix(count)) }
      }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func randomChanges(seed: UInt64) {
    var random = Xoshiro256(seed, 0)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    let payloads = payloads
    var tally = Tally()
    for _ in 0..<8_000 {
      var bytes = payloads[below(payloads.count)]
      for _ in 0...below(4) {
        let offset = below(bytes.count)
        switch below(4) {
        case 0: bytes[offset] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[offset] = [0, 1, 2, 0x7F, 0x80, 0xFF][below(6)]
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: offset)
        default: bytes.remove(at: offset)
        }
      }
      tally.add(bytes)
    }
    #expect(tally.refusedByDecoder > 100, "seed \(seed)")
    #expect(tally.refusedByVerifier > 100, "seed \(seed)")
    #expect(tally.accepted > 100, "seed \(seed)")
  }
}
