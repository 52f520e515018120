// Replays what fuzzers found and what they start from: each input meets its claim for good.

import Foundation
import NightjarFuzzing
import Testing

/// A fuzzer by the name of its target and its folders, and its oracle.
private let oracles: [(name: String, check: @Sendable ([UInt8]) -> Void)] = [
  ("FuzzBinaryChunk", { Oracle.checkBinaryChunk($0) }),
  ("FuzzLuaSource", { Oracle.checkLuaSource($0) }),
  ("FuzzLuaRun", { Oracle.checkLuaRun($0) }),
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

/// Every Lua program of the repository compiles to code that verifies and survives an image.
@Test func programsOfTheRepository() throws {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  var count = 0
  for folder in ["Tests/Differential", "Examples", "Benchmarks"] {
    let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    while let path = files?.nextObject() as? String {
      guard path.hasSuffix(".lua") else { continue }
      let url = root.appending(path: folder).appending(path: path)
      Oracle.checkLuaSource(Array(try Data(contentsOf: url)))
      count += 1
    }
  }
  #expect(count > 100)
}
