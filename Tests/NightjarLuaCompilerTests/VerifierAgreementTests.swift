// Whatever the compiler writes, the verifier accepts: for all programs of the repository, the
// fetched suites among them, and for programs made up at random.

import Foundation
import NightjarBytecode
import NightjarLuaCompiler
import NightjarLuaSyntax
import Testing

@Suite struct VerifierAgreementTests {
  @Test func programsOfTheRepository() throws {
    let root = GoldenFile.folder.deletingLastPathComponent().deletingLastPathComponent()
    var options = LuaCompilerOptions()
    options.syntax.isFile = true
    var count = 0
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    while let url = files?.nextObject() as? URL {
      if url.lastPathComponent == ".build" {
        files?.skipDescendants()
        continue
      }
      guard url.pathExtension == "lua", let data = FileManager.default.contents(atPath: url.path)
      else { continue }
      let result = LuaCompiler.compile(
        source: [UInt8](data),
        chunkName: Array("@program".utf8),
        options: options
      )
      guard case .success(let main) = result else { continue }
      count += 1
      #expect(throws: Never.self, "\(url.path)") { try Verifier.verify(main) }
    }
    #expect(count > 100)
  }

  @Test(arguments: 0..<300)
  func randomPrograms(seed: UInt64) throws {
    var generator = ProgramGenerator(seed: seed)
    let text = generator.program()
    let result = LuaCompiler.compile(source: Array(text.utf8), chunkName: Array("=random".utf8))
    switch result {
    case .success(let main):
      #expect(throws: Never.self, "seed \(seed): \(text)") { try Verifier.verify(main) }
    case .failure(let error):
      Issue.record("seed \(seed): \(String(decoding: error.message, as: UTF8.self)): \(text)")
    }
  }

  /// Chains as long as these must not need stack; the test's thread has 512 KB.
  @Test(arguments: [
    "x = y" + String(repeating: " + y", count: 100_000),
    "x = a" + String(repeating: ".b", count: 100_000),
    "x = f" + String(repeating: "()", count: 100_000),
    "x = f" + String(repeating: ":m{}", count: 100_000),
    "x = a" + String(repeating: " and a", count: 100_000),
    "if a" + String(repeating: " or a < 3", count: 100_000) + " then f() end",
    "x = a" + String(repeating: " == a", count: 100_000),
    "if a then f() " + String(repeating: "elseif b then f() ", count: 20_000) + "end",
    "x = " + String(repeating: "(", count: 390) + "1" + String(repeating: ")", count: 390),
    "x = " + String(repeating: "{", count: 190) + String(repeating: "}", count: 190),
    String(repeating: "do ", count: 390) + String(repeating: "end ", count: 390),
    String(repeating: "while x do ", count: 190) + String(repeating: "end ", count: 190),
    "return " + String(repeating: "function() return ", count: 199) + "1"
      + String(repeating: " end", count: 199),
    "x = " + String(repeating: "a == (b + ", count: 190) + "y" + String(repeating: ")", count: 190),
    "x = " + String(repeating: "not -", count: 90) + "y",
    "x = " + String(repeating: "y and (x or ", count: 90) + "1" + String(repeating: ")", count: 90),
  ])
  func longAndDeepTexts(text: String) async throws {
    let isGood = await withCheckedContinuation { continuation in
      let thread = Thread {
        let result = LuaCompiler.compile(source: Array(text.utf8), chunkName: Array("=long".utf8))
        guard case .success(let main) = result else { return continuation.resume(returning: false) }
        continuation.resume(returning: (try? Verifier.verify(main)) != nil)
      }
      thread.stackSize = 512 << 10
      thread.start()
    }
    #expect(isGood)
  }

  @Test func manyConstants() throws {
    let items = (0..<70_000).map { "'s\($0)'" }.joined(separator: ",")
    let text = "local t = {\(items)} t.after = t['s69999x'] return t == 'last', t.after .. 'end'"
    let main = try LuaCompiler.compile(source: Array(text.utf8), chunkName: Array("=many".utf8))
      .get()
    try Verifier.verify(main)
    #expect(main.constants.count > 65_536)
  }
}
