// The generator against sequences that the reference interpreter prints.

import NightjarBase
import Testing

@Suite struct Xoshiro256Tests {
  @Test(
    arguments: [
      (
        42, 0,
        [
          -1_276_290_044_721_465_627, 8_333_941_968_102_511_665, -8_358_531_260_401_861_301,
          -3_807_604_385_970_496_171, -7_059_243_630_996_204_619, 177_101_407_732_369_983,
        ]
      ),
      (
        1, 2,
        [
          8_291_693_048_688_576_641, 4_164_699_302_279_098_248, -4_804_042_004_314_649_444,
          6_328_193_132_051_061_431, 2_564_551_271_110_323_288, 5_459_899_948_015_517_615,
        ]
      ),
      (
        -7, 123_456_789,
        [
          -4_226_750_529_651_993_962, 2_224_643_754_770_462_957, 5_557_966_887_418_930_575,
          -6_273_618_049_492_572_471, -4_225_220_528_241_848_263, 4_408_459_250_958_092_373,
        ]
      ),
    ] as [(Int64, Int64, [Int64])]
  )
  func bits(low: Int64, high: Int64, expected: [Int64]) {
    var random = Xoshiro256(UInt64(bitPattern: low), UInt64(bitPattern: high))
    #expect(expected.map { _ in Int64(bitPattern: random.next()) } == expected)
  }

  @Test func floatsAndRanges() {
    var random = Xoshiro256(42, 0)
    for _ in 0..<6 { _ = random.next() }
    let floats = [
      0.96389739813422104, 0.71097689661550945, 0.27455699358752317, 0.19354861304396087,
    ]
    #expect(floats.map { _ in random.nextFloat() } == floats)
    let small: [Int64] = [8, 8, 1, 1, 8, 1, 10, 9]
    #expect(small.map { _ in random.nextInteger(from: 1, through: 10) } == small)
    let wide: [Int64] = [3268, 196_157, 709_536, 632_539]
    #expect(wide.map { _ in random.nextInteger(from: -1000, through: 1_000_000) } == wide)
    let all: [Int64] = [
      500_799_456_494_944_410, -6_172_135_995_210_056_763, 1_289_748_436_204_842_423,
      -3_457_922_814_463_970_132,
    ]
    #expect(all.map { _ in random.nextInteger(from: .min, through: .max) } == all)
  }

  @Test func aRangeOfOneDrawsItsOnlyNumber() {
    var random = Xoshiro256(1, 1)
    for value in [Int64.min, -1, 0, 1, .max] {
      #expect(random.nextInteger(from: value, through: value) == value)
    }
  }
}
