// What must not stand in any file: notes to be finished later, places of one machine.

import Foundation
import Testing

@Suite struct WordingTests {
  /// Written in two halves, so that this file does not find itself.
  private static let unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:"]
  private static let places = [
    "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "/o" + "pt/",
  ]

  private func check(_ words: [String], in path: String) {
    guard let text = Repository.text(path) else { return }
    for word in words where text.contains(word) {
      let line = text.components(separatedBy: word)[0].count { $0 == "\n" } + 1
      Issue.record("\(path):\(line): \(word)")
    }
  }

  @Test(arguments: Repository.writtenFiles)
  func nothingIsLeftForLater(path: String) {
    check(Self.unfinished, in: path)
  }

  @Test(arguments: Repository.writtenFiles)
  func noFileKnowsAMachine(path: String) {
    check(Self.places, in: path)
  }
}
