// Running chunks and what they return.

import Nightjar
import Testing

@Suite struct EvaluationTests {
  @Test func convertsOneResult() throws {
    let machine = Machine()
    let sum: Int = try machine.eval("return 1 + 2")
    #expect(sum == 3)
    let list: [Int] = try machine.eval("return {3, 2, 1}")
    #expect(list == [3, 2, 1])
    let map: [String: Int] = try machine.eval("return {a = 3}")
    #expect(map == ["a": 3])
  }

  @Test func convertsSeveralResults() throws {
    let (name, size) = try Machine().eval("return 'x', 2.5", as: (String, Double).self)
    #expect(name == "x" && size == 2.5)
  }

  @Test func refusesResultsOfOtherTypes() {
    do {
      let _: Int = try Machine().eval("return 'x'")
      Issue.record("no error")
    } catch {
      #expect(error.kind == .conversion)
      #expect(error.message == "number expected, got string")
    }
  }

  @Test func namesThePlaceOfSyntaxErrors() {
    do {
      try Machine().eval("return\nlocal", name: "demo")
      Issue.record("no error")
    } catch {
      #expect(error.kind == .syntax)
      #expect(error.message.hasPrefix("demo:2:"))
    }
  }

  @Test func sharesCompiledChunksBetweenMachines() throws {
    let chunk = try Chunk(source: "n = (n or 0) + 1 return n")
    let first = Machine()
    for expected in 1...2 {
      let n: Int = try first.load(chunk).call()
      #expect(n == expected)
    }
    let second = Machine()
    let n: Int = try second.load(chunk).call()
    #expect(n == 1)
  }

  @Test func reachesGlobalsByPath() throws {
    let machine = Machine()
    machine["config", "port"] = 8080
    let port: Int = try machine.eval("return config.port")
    #expect(port == 8080)
    #expect(machine["config", "port"] == 8080)
    #expect(machine["missing", "port"] == nil)
  }
}
