// Speed cannot be tested on a busy machine, but what it is made of can: the instructions a program
// executes and the bytes it allocates. counts.txt holds both for every benchmark program at its tiny
// size; a number that grows fails, and so does one that falls, until it is blessed
// (`NIGHTJAR_BLESS=1`) and so cannot creep back.

import Foundation
import Testing

@Suite struct CountTests {
  private static let path = "Tests/CountTests/counts.txt"
  private static let url = Program.root.appending(path: path)
  /// By how much a number may differ from the table, in percent.
  private static let tolerance = 2.0

  /// The table by the program's name.
  private static func readTable() -> [String: Counts] {
    var table: [String: Counts] = [:]
    for line in ((try? String(contentsOf: url, encoding: .utf8)) ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, let fuel = Int64(words[1]), let byteCount = Int(words[2]) else {
        continue
      }
      table[String(words[0])] = Counts(fuel: fuel, allocatedByteCount: byteCount)
    }
    return table
  }

  private static func write(_ table: [String: Counts]) throws {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var text = "# fuel spent and bytes allocated by each benchmark program; see CountTests.swift\n"
    for (name, counts) in table.sorted(by: { $0.key < $1.key }) {
      text += name.padding(toLength: 16, withPad: " ", startingAt: 0)
      text += padded("\(counts.fuel)", 9) + padded("\(counts.allocatedByteCount)", 11) + "\n"
    }
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// Says what is wrong with a number, or nil.
  private static func complaint(_ what: String, is now: Double, was then: Double) -> String? {
    let change = (now - then) / max(then, 1) * 100
    if abs(change) <= tolerance { return nil }
    let numbers = "\(what): \(Int(now)), \(Int(then)) in \(path)"
    if change > 0 { return "\(numbers): more than it was; find out why" }
    return "\(numbers): less than it was; run with NIGHTJAR_BLESS=1 to keep it so"
  }

  @Test func programsCostWhatTheTableSays() throws {
    var measured: [String: Counts] = [:]
    for program in Program.all {
      let counts = try program.measure(.init(isCollectorStopped: true))
      let again = try program.measure(.init(isCollectorStopped: true))
      #expect(counts == again, "\(program.name): two runs differ")
      measured[program.name] = counts
    }
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" { try Self.write(measured) }
    let table = Self.readTable()
    #expect(table.keys.sorted() == measured.keys.sorted(), "programs and \(Self.path) differ")
    for (name, counts) in measured.sorted(by: { $0.key < $1.key }) {
      guard let blessed = table[name] else { continue }
      let complaints = [
        Self.complaint("\(name): fuel", is: Double(counts.fuel), was: Double(blessed.fuel)),
        Self.complaint(
          "\(name): bytes allocated",
          is: Double(counts.allocatedByteCount),
          was: Double(blessed.allocatedByteCount)
        ),
      ]
      for complaint in complaints.compactMap({ $0 }) { Issue.record("\(complaint)") }
    }
  }

  /// Fuel is part of a run's meaning: neither the collector nor interruptions may change it.
  @Test(arguments: Program.all.indices)
  func fuelIsExact(index: Int) throws {
    let program = Program.all[index]
    let plain = try program.measure(.init(isCollectorStopped: true)).fuel
    let stressed = try program.measure(.init(isStressed: true)).fuel
    #expect(stressed == plain, "the collector changes the fuel")
    let sliced = try program.measure(.init(portion: 1009)).fuel
    #expect(sliced == plain, "interruptions change the fuel")
  }
}
