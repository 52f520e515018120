// Replays what fuzzers found and what they start from: each input meets its claim for good.

import Foundation
import NightjarFuzzing
import Testing

/// A fuzzer by the name of its target and its folders, and its oracle.
private let oracles: [(name: String, check: @Sendable ([UInt8]) -> Void)] = [
  ("FuzzBinaryChunk", { Oracle.checkBinaryChunk($0) }),
  ("FuzzLuaSource", { Oracle.checkLuaSource($0) }),
]

@Test(arguments: oracles.indices)
func replays(index: Int) throws {
  let (name, check) = oracles[index]
  let fuzz = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz")
  for folder in ["Found", "Seeds"] {
    let inputs = fuzz.appending(path: "\(folder)/\(name)")
    guard FileManager.default.fileExists(atPath: inputs.path) else { continue }
    for input in try FileManager.default.contentsOfDirectory(atPath: inputs.path).sorted() {
      check(Array(try Data(contentsOf: inputs.appending(path: input))))
    }
  }
}
