// Programs written to break a machine, beside those a fuzzer found: `finishing` ones assert for themselves
// what must hold, `endless` ones ask for more work than anybody can pay for.

import Foundation
import NightjarFuzzing
import TestSupport
import Testing

@Suite struct HostileProgramTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Hostile")

  private static func files(_ name: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder.appending(path: name).path)
    return (found?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".lua") }.sorted()
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// Ample limits let a program finish, those of the folder `stressed` also with a collection at every
  /// allocation; under all others it ends in order.
  @Test(arguments: files("finishing"))
  func finishes(file: String) throws {
    let program = try Self.bytes("finishing/\(file)")
    for profile in RunProfile.allCases {
      let isAmple = profile == .ordinary || profile == .stressed && file.hasPrefix("stressed/")
      let end = Oracle.checkLuaRun(
        program,
        under: profile,
        portions: isAmple ? [1_000_000_000] : nil
      )
      if isAmple { #expect(end == .finished, "\(file), \(profile)") }
    }
  }

  /// Each line of an endless file is a program; the fuel it gets would last a simple loop for some
  /// hundredths of a second.
  private static let endless: [(place: String, program: String)] = files("endless").flatMap {
    file in
    let text = (try? bytes("endless/\(file)")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.isEmpty && !$0.element.hasPrefix("--") }
      .map { ("\(file):\($0.offset + 1)", String($0.element)) }
  }

  @Test func endlessProgramsAreThere() { #expect(Self.endless.count > 50) }

  /// Work that a program causes without executing instructions is charged as well.
  @Test(arguments: endless.indices)
  func paysForItsWork(index: Int) {
    let (place, program) = Self.endless[index]
    let time = processorTime {
      let end = Oracle.checkLuaRun(Array(program.utf8), under: .ordinary, portions: [5_000_000])
      #expect(end == .outOfFuel, "\(place)")
    }
    #expect(time < .seconds(5), "\(place)")
  }
}
