// Swift closures called by scripts.

import Nightjar
import Testing

/// An error of the host's own.
private struct HostFailure: Error, Equatable { let code: Int }

@Suite struct HostFunctionTests {
  @Test func convertsArgumentsAndResults() throws {
    let machine = Machine()
    machine.define("add") { (a: Int, b: Int) in a + b }
    machine.define("split") { (text: String) in (text.count, text.uppercased()) }
    let sum: Int = try machine.eval("return add(1, 2)")
    #expect(sum == 3)
    let (n, t) = try machine.eval("return split('abc')", as: (Int, String).self)
    #expect(n == 3 && t == "ABC")
  }

  @Test func namesWrongArguments() throws {
    let machine = Machine()
    machine.define("add") { (a: Int, b: Int) in a + b }
    let message: String = try machine.eval("return select(2, pcall(add, 1, 'x'))")
    #expect(message == "bad argument #2 to 'add' (number expected, got string)")
  }

  @Test func carriesSwiftErrorsThroughScripts() throws {
    let machine = Machine()
    machine.define("fail") { () -> Int in throw HostFailure(code: 7) }
    do {
      try machine.eval("\nlocal x = fail()", name: "demo")
      Issue.record("no error")
    } catch {
      #expect(error.underlying as? HostFailure == HostFailure(code: 7))
      #expect(error.line == 2)
      #expect(error.chunkName == "demo")
      #expect(error.traceback.contains("fail"))
    }
    let caught: Bool = try machine.eval("return (pcall(fail))")
    #expect(!caught)
  }

  @Test func callsScriptsFromHostFunctions() throws {
    let machine = Machine()
    machine.define("twice") { (f: Function, x: Int) in
      let once: Int = try f.call(x)
      return try f.call(once, as: Int.self)
    }
    let result: Int = try machine.eval(
      "return twice(function(x) collectgarbage() return x * 3 end, 2)"
    )
    #expect(result == 18)
  }

  @Test func endsEndlessNestingWithAnError() throws {
    let machine = Machine()
    machine.define("deep") { (f: Function) in try f.call(f) }
    #expect(throws: ScriptError.self) {
      try machine.eval("local function f(g) return deep(g) end deep(f)")
    }
    let again: Int = try machine.eval("return 1")
    #expect(again == 1)
  }
}
