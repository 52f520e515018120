// Whose turn it is, with turns whose lengths are given: no clock and no thread has a say.

import Nightjar
import Testing

@Suite struct FairQueueTests {
  private final class Member: TurnTaker {
    let weight: Int
    var had: UInt64 = 0
    /// Nanoseconds and turns.
    var time: UInt64 = 0
    var turnCount = 0
    /// Whether it has nothing more to do after a turn.
    var rests = false
    /// How long its next turn takes.
    let next: () -> UInt64

    init(weight: Int, _ next: @escaping () -> UInt64) {
      self.weight = weight
      self.next = next
    }
  }

  /// One thread that runs members.
  private struct Runner {
    var queue = FairQueue<Member>()
    var time: UInt64 = 0

    mutating func wake(_ member: Member) { queue.add(member, wakesUp: true) }

    /// Runs one turn; who had it.
    @discardableResult
    mutating func turn() -> Member? {
      guard let member = queue.take() else { return nil }
      let length = member.next()
      member.time += length
      member.turnCount += 1
      time += length
      queue.charge(member, nanoseconds: length, staysReady: !member.rests)
      if !member.rests { queue.add(member, wakesUp: false) }
      return member
    }
  }

  /// Lengths between a twentieth and two milliseconds, by a seed.
  private func lengths(_ seed: UInt64) -> () -> UInt64 {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return 50_000 + state % 1_950_000
    }
  }

  @Test(arguments: [[1, 3], [1, 8], [5, 1], [7, 7], [1, 1_000], [3, 1, 4, 1, 5, 9, 2, 6]])
  func membersThatAreAlwaysReadyShareByWeight(weights: [Int]) {
    for seed in 1...10 as ClosedRange<UInt64> {
      var runner = Runner()
      let members = weights.enumerated().map { index, weight in
        Member(weight: weight, lengths(seed &* 100 &+ UInt64(index)))
      }
      for member in members { runner.wake(member) }
      // Two hundred turns for whoever has the least.
      let sum = weights.reduce(0, +)
      for _ in 0..<(200 * sum / (weights.min() ?? 1)) { runner.turn() }
      for member in members {
        let share = Double(member.time) / Double(runner.time)
        let wanted = Double(member.weight) / Double(sum)
        #expect(abs(share / wanted - 1) < 0.02, "\(weights), weight \(member.weight): \(share)")
      }
    }
  }

  /// The turns of a heavy one lie among those of the others, and not in a row.
  @Test func turnsAreSpread() {
    var runner = Runner()
    let heavy = Member(weight: 4) { 1_000_000 }
    let light = [Member(weight: 1) { 1_000_000 }, Member(weight: 1) { 1_000_000 }]
    for member in light + [heavy] { runner.wake(member) }
    var (row, longest) = (0, 0)
    for _ in 0..<1_000 {
      row = runner.turn() === heavy ? row + 1 : 0
      longest = max(longest, row)
    }
    #expect(longest <= 4)
  }

  /// Who had nothing to do for an hour does not shut out who has worked meanwhile.
  @Test func idleTimeSavesNothingUp() {
    var runner = Runner()
    let (early, late) = (Member(weight: 1) { 1_000_000 }, Member(weight: 1) { 1_000_000 })
    late.rests = true
    runner.wake(late)
    runner.turn()
    runner.wake(early)
    for _ in 0..<3_600_000 { runner.turn() }
    late.rests = false
    let (mine, theirs) = (early.turnCount, late.turnCount)
    runner.wake(late)
    for _ in 0..<100 { runner.turn() }
    #expect(abs(early.turnCount - mine - 50) <= 1 && abs(late.turnCount - theirs - 50) <= 1)
  }

  /// Who wakes up among many that are always ready is next but for those that have had less.
  @Test func whoWakesUpDoesNotWaitForARound() {
    var runner = Runner()
    for index in 0..<100 { runner.wake(Member(weight: 1 + index % 4, lengths(UInt64(index + 1)))) }
    let light = Member(weight: 1) { 100_000 }
    light.rests = true
    var waits: [Int] = []
    for round in 0..<200 {
      for _ in 0..<(200 + round) { runner.turn() }
      runner.wake(light)
      var count = 0
      while runner.turn() !== light { count += 1 }
      waits.append(count)
    }
    #expect((waits.max() ?? 0) <= 1, "\(waits)")
  }

  /// A turn that took a second is paid back, up to a tenth of one.
  @Test func aLongTurnIsPaidBack() {
    var runner = Runner()
    var length: UInt64 = 1_000_000_000
    let (slow, other) = (Member(weight: 1) { length }, Member(weight: 1) { 1_000_000 })
    runner.wake(slow)
    runner.turn()
    length = 1_000_000
    runner.wake(other)
    var row = 0
    while runner.turn() === other { row += 1 }
    #expect((99...101).contains(row), "\(row)")
  }

  @Test func nobodyIsReadyAtFirst() {
    var runner = Runner()
    #expect(runner.queue.isEmpty && runner.turn() == nil)
  }
}
