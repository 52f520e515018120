import Foundation
import Nightjar
import Testing

@Suite struct EvaluationTests {
  @Test func returnsTypedResults() throws {
    let machine = Machine()
    let sum: Int = try machine.eval("return 1 + 2")
    #expect(sum == 3)
    let (name, size) = try machine.eval("return 'x', 2.5", as: (String, Double).self)
    #expect(name == "x" && size == 2.5)
    let list: [Int] = try machine.eval("return {3, 2, 1}")
    #expect(list == [3, 2, 1])
    let map: [String: Int] = try machine.eval("return {a = 3}")
    #expect(map == ["a": 3])
  }

  @Test func callsHostFunctions() throws {
    let machine = Machine()
    machine.define("add") { (a: Int, b: Int) in a + b }
    machine.define("split") { (text: String) in (text.count, text.uppercased()) }
    machine.define("fail") { () -> Int in throw CocoaError(.fileNoSuchFile) }
    let sum: Int = try machine.eval("return add(1, 2)")
    #expect(sum == 3)
    let (n, t) = try machine.eval("return split('abc')", as: (Int, String).self)
    #expect(n == 3 && t == "ABC")
    let message: String = try machine.eval("return select(2, pcall(add, 1, 'x'))")
    #expect(message == "bad argument #2 to 'add' (number expected, got string)")
    do {
      try machine.eval("\nlocal x = fail()", name: "demo")
      Issue.record("no error")
    } catch {
      #expect(error.underlying is CocoaError)
      #expect(error.line == 2)
      #expect(error.chunkName == "demo")
      #expect(error.traceback.contains("fail"))
    }
  }

  @Test func nestsCalls() throws {
    let machine = Machine()
    machine.define("twice") { (f: Function, x: Int) in
      let once: Int = try f.call(x)
      return try f.call(once, as: Int.self)
    }
    let r: Int = try machine.eval("return twice(function(x) collectgarbage() return x * 3 end, 2)")
    #expect(r == 18)
    machine.define("deep") { (f: Function) in try f.call(f) }
    #expect(throws: ScriptError.self) { try machine.eval("local function f(g) return deep(g) end deep(f)") }
    let again: Int = try machine.eval("return 1")
    #expect(again == 1)
  }

  @Test func resumesCoroutines() throws {
    let machine = Machine()
    let function: Function = try machine.eval("return function(a) local b = coroutine.yield(a + 1) return b * 2 end")
    let coroutine = try machine.makeCoroutine(function)
    #expect(try coroutine.resume([1]) == [2])
    #expect(coroutine.status == .suspended)
    #expect(try coroutine.resume([21]) == [42])
    #expect(coroutine.status == .dead)
  }

  @Test func speed() throws {
    let machine = Machine()
    machine.define("add") { (a: Int, b: Int) in a + b }
    let clock = ContinuousClock()
    let time = try clock.measure {
      try machine.eval("local s = 0 for i = 1, 1000000 do s = add(s, i) end return s")
    }
    print("host call", time / 1_000_000)
    let base = try clock.measure {
      try machine.eval("local add = function(a, b) return a + b end local s = 0 for i = 1, 1000000 do s = add(s, i) end return s")
    }
    print("script call", base / 1_000_000)
    let f: Function = try machine.eval("return function(a, b) return a + b end")
    let call = try clock.measure {
      var s = 0
      for i in 1...1_000_000 { s = try f.call(s, i) }
    }
    print("call from Swift", call / 1_000_000)
    let make = clock.measure { for _ in 1...1000 { _ = Machine() } }
    print("creation", make / 1000, Machine().memoryUsed)
  }
}
