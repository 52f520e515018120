// The analysis of patterns against trying out every value.

import Foundation
import NightjarBase
import NightjarFuseTypes
import TestSupport
import Testing

@Suite struct PatternAnalysisTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["NIGHTJAR_SLOW"] == "1" ? 40_000 : 1_500

  /// Rows of one shape, the values of the shape, and what the rows are to the analysis.
  private struct Trial {
    var values: [ModelValue]
    var rows: [ModelPattern]
    var lowered: [PatternID]
    var space: PatternSpace

    init(_ random: inout Xoshiro256, allowsBoth: Bool) {
      space = PatternSpace()
      let shape = ModelShape.random(2, in: &space, &random)
      values = shape.values
      let count = Int.random(in: 0...6, using: &random)
      rows = (0..<count).map { _ in
        ModelPattern.random(shape, allowsBoth: allowsBoth, &random)
      }
      lowered = []
      for row in rows { lowered.append(row.lowered(in: &space)) }
    }

    func isCovered(_ value: ModelValue, by count: Int) -> Bool {
      rows[..<count].contains { $0.fits(value) }
    }
  }

  @Test(arguments: [1, 2, 3])
  func agreesWithTryingOut(seed: Int) {
    var random = Xoshiro256(UInt64(seed), 0)
    for round in 0..<Self.rounds {
      let trial = Trial(&random, allowsBoth: false)
      if trial.values.count > 20_000 { continue }
      var analysis = PatternAnalysis(trial.space)
      let isCovered = trial.values.allSatisfy { trial.isCovered($0, by: trial.rows.count) }
      let missing = analysis.missing(from: trial.lowered, limit: 3)
      #expect(missing.isEmpty == isCovered, "seed \(seed) round \(round) \(trial.rows)")
      for (index, row) in trial.rows.enumerated() {
        let others = Array(trial.lowered[..<index])
        let isUseful = analysis.isUseful(trial.lowered[index], after: others)
        let expected = trial.values.contains { row.fits($0) && !trial.isCovered($0, by: index) }
        #expect(isUseful == expected, "seed \(seed) round \(round) row \(index) \(trial.rows)")
      }
      #expect(!analysis.isExhausted)
    }
  }

  /// A witness is useful after all rows: it names something that they leave out.
  @Test func witnessesAreNotCovered() {
    var random = Xoshiro256(7, 0)
    for round in 0..<Self.rounds {
      let trial = Trial(&random, allowsBoth: false)
      var analysis = PatternAnalysis(trial.space)
      for witness in analysis.missing(from: trial.lowered, limit: 4) {
        let isUseful = analysis.isUseful(witness, after: trial.lowered)
        #expect(isUseful, "round \(round) \(trial.rows)")
      }
    }
  }

  /// With `and` the analysis may say that less is covered, never that more is.
  @Test func intersectionsAreSafe() {
    var random = Xoshiro256(11, 0)
    var exact = 0
    for round in 0..<Self.rounds {
      let trial = Trial(&random, allowsBoth: true)
      if trial.values.count > 20_000 { continue }
      var analysis = PatternAnalysis(trial.space)
      let isCovered = trial.values.allSatisfy { trial.isCovered($0, by: trial.rows.count) }
      let saysCovered = analysis.missing(from: trial.lowered).isEmpty
      #expect(!saysCovered || isCovered, "round \(round) \(trial.rows)")
      if saysCovered == isCovered { exact += 1 }
      for (index, row) in trial.rows.enumerated() {
        let others = Array(trial.lowered[..<index])
        let expected = trial.values.contains { row.fits($0) && !trial.isCovered($0, by: index) }
        let isUseful = analysis.isUseful(trial.lowered[index], after: others)
        #expect(isUseful || !expected, "round \(round) row \(index) \(trial.rows)")
      }
    }
    #expect(exact > Self.rounds / 2)
  }

  /// Patterns whose questions double with each column end in "too much", soon.
  @Test func manyQuestionsAreGivenUp() {
    var space = PatternSpace()
    let boolean = space.addFamily([(0, .boolean(false)), (0, .boolean(true))])
    let tuple = space.addFamily([(60, .tuple)])
    var rows: [PatternID] = []
    for column in 0..<30 {
      for (a, b) in [(0, 1), (1, 0)] {
        var parts = [PatternID](repeating: .wildcard, count: 60)
        parts[column] = space.choice(boolean, a)
        parts[59 - column] = space.choice(boolean, b)
        rows.append(space.choice(tuple, 0, parts))
      }
    }
    var analysis = PatternAnalysis(space)
    let time = processorTime {
      let isCovered = analysis.missing(from: rows).isEmpty
      #expect(!isCovered || analysis.isExhausted)
    }
    #expect(time < .seconds(5))
  }

  @Test func manyColumnsAreGivenUp() {
    var space = PatternSpace()
    let boolean = space.addFamily([(0, .boolean(false)), (0, .boolean(true))])
    let parts = (0..<20_000).map { _ in space.choice(boolean, 1) }
    let long = space.array(parts, restIndex: nil)
    var analysis = PatternAnalysis(space)
    let isUseful = analysis.isUseful(long, after: [long])
    #expect(isUseful && analysis.isExhausted)
  }

  @Test func manyLiteralsAreNoProblem() {
    var space = PatternSpace()
    let words = (0..<1_000).map { space.literal(.string(Array("\($0)".utf8))) }
    var analysis = PatternAnalysis(space)
    let open = analysis.missing(from: words)
    let closed = analysis.missing(from: words + [.wildcard])
    #expect(open == [.wildcard] && closed == [])
    for (index, word) in words.enumerated() {
      let isUseful = analysis.isUseful(word, after: Array(words[..<index]))
      #expect(isUseful)
    }
    let isUseful = analysis.isUseful(words[3], after: words)
    #expect(!isUseful)
    #expect(!analysis.isExhausted)
  }
}
