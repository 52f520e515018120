// Modules that the host finds, and their new versions.

import Foundation
import Nightjar
import Testing

/// Texts that a test can change.
private final class Shelf: ModuleResolver {
  var texts: [String: String]
  var asked: [String] = []

  init(_ texts: [String: String]) { self.texts = texts }

  func resolve(_ name: String, for machine: Machine) -> Module {
    asked.append(name)
    return texts[name].map { .source($0, name: "\(name).lua") }
      ?? .notFound(searched: ["page '\(name)'"])
  }
}

private struct Refused: Error, Equatable {}

@Suite struct ModuleTests {
  @Test func requireIsThereOnceTheHostFindsModules() throws {
    let machine = Machine()
    #expect(machine["require"] == nil)
    let shelf = Shelf(["a": "n = (n or 0) + 1 return {name = ..., place = select(2, ...)}"])
    try machine.addModules(shelf)
    let (name, place, same) = try machine.eval(
      "local a = require 'a' return a.name, a.place, a == require 'a'",
      as: (String, String, Bool).self
    )
    #expect(name == "a" && place == "a.lua" && same)
    #expect(machine["n"] == 1)
    #expect(shelf.asked == ["a"])
  }

  @Test func asksResolversInTheirOrder() throws {
    let machine = Machine()
    try machine.addModules(["a": "return 'first'"])
    try machine.addModules(["a": "return 'second'", "b": "return require 'a' .. '!'"])
    try machine.addModules { name, machine in
      guard name == "host" else { return .notFound(searched: ["host module '\(name)'"]) }
      let table = try machine.makeTable()
      table["double"] = .function(machine.function { (n: Int) in 2 * n })
      return .value(.table(table))
    }
    let (a, b, n) = try machine.eval(
      "return require 'a', require 'b', require 'host'.double(21)",
      as: (String, String, Int).self
    )
    #expect(a == "first" && b == "first!" && n == 42)
    let message: String = try machine.eval("return select(2, pcall(require, 'c'))")
    #expect(
      message == "module 'c' not found:\n\tno script 'c'\n\tno script 'c'\n\tno host module 'c'"
    )
  }

  @Test func sharesChunksBetweenMachines() throws {
    let chunk = try Chunk(source: "return {n = 0}", name: "shared")
    for _ in 1...2 {
      let machine = Machine()
      try machine.addModules { name, _ in name == "shared" ? .chunk(chunk) : .notFound() }
      let n: Int = try machine.eval("local m = require 'shared' m.n = m.n + 1 return m.n")
      #expect(n == 1)
    }
  }

  @Test func namesThePlaceOfMistakes() throws {
    let machine = Machine()
    try machine.addModules(Shelf(["broken": "\nlocal = 1", "failing": "\n\nerror 'no'"]))
    let error = try #require(throws: ScriptError.self) { try machine.eval("require 'broken'") }
    #expect(error.kind == .syntax)
    #expect(error.message.hasPrefix("error loading module 'broken' from 'broken.lua':\n\t"))
    #expect(error.message.contains("broken.lua:2:"))
    let failure = try #require(throws: ScriptError.self) { try machine.eval("require 'failing'") }
    #expect(failure.message == "failing.lua:3: no")
  }

  @Test func passesOnWhatAResolverThrows() throws {
    let machine = Machine()
    try machine.addModules { _, _ in throw Refused() }
    let error = try #require(throws: ScriptError.self) { try machine.eval("require 'x'") }
    #expect(error.underlying as? Refused == Refused())
  }

  @Test func modulesMayYieldWhileTheyLoad() throws {
    let machine = Machine()
    try machine.addModules(["slow": "local n = coroutine.yield 'waiting' return {n = n}"])
    let coroutine = try machine.makeCoroutine(machine.load("return require 'slow'.n"))
    #expect(try coroutine.resume() == ["waiting"])
    #expect(try coroutine.resume([7]) == [7])
  }

  // MARK: New versions

  private static let counter = """
    local name, place, keep = ...
    local state = keep("state", {count = 0})
    local counter = {version = VERSION}
    function counter.add() state.count = state.count + STEP return state.count end
    function counter.self() return counter end
    return counter
    """

  private func version(_ number: Int, step: Int) -> String {
    Self.counter.replacingOccurrences(of: "VERSION", with: "\(number)").replacingOccurrences(
      of: "STEP",
      with: "\(step)"
    )
  }

  @Test func aNewVersionKeepsTheStateThatTheModuleNames() throws {
    let machine = Machine()
    let shelf = Shelf(["counter": version(1, step: 1)])
    try machine.addModules(shelf)
    try machine.eval("c = require 'counter' old = c.add c.add() c.add()")
    shelf.texts["counter"] = version(2, step: 10)
    let module = try machine.reload("counter")
    #expect(module == machine["c"])
    let (version, sum, same) = try machine.eval(
      "return c.version, c.add(), c == require 'counter'",
      as: (Int, Int, Bool).self
    )
    #expect(version == 2 && sum == 12 && same)
    // A function of the old version works on the same state.
    let old: Int = try machine.eval("return old()")
    #expect(old == 13)
  }

  @Test func aNewVersionsOwnTableIsTheModule() throws {
    let machine = Machine()
    let shelf = Shelf(["counter": version(1, step: 1)])
    try machine.addModules(shelf)
    try machine.eval("c = require 'counter' c.extra = 1")
    for number in 2...4 {
      shelf.texts["counter"] = version(number, step: 1)
      try machine.reload("counter")
    }
    let (version, extra, written, keys) = try machine.eval(
      """
      local own = c.self()
      own.written = 5
      local keys = {}
      for key in pairs(own) do keys[#keys + 1] = key end
      return own.version, c.extra, c.written, table.concat(keys, ' ')
      """,
      as: (Int, Int?, Int, String).self
    )
    #expect(version == 4 && extra == nil && written == 5)
    #expect(keys == "version add self written")
  }

  @Test func metatablesMoveWithTheirTables() throws {
    let machine = Machine()
    let shelf = Shelf(["m": "return setmetatable({}, {__call = function(_, n) return n + 1 end})"])
    try machine.addModules(shelf)
    try machine.eval("m = require 'm'")
    shelf.texts["m"] = "return setmetatable({}, {__call = function(_, n) return n * 2 end})"
    try machine.reload("m")
    let n: Int = try machine.eval("return m(21)")
    #expect(n == 42)
  }

  @Test func aVersionThatFailsLeavesTheOldOne() throws {
    let machine = Machine()
    let shelf = Shelf(["counter": version(1, step: 1)])
    try machine.addModules(shelf)
    try machine.eval("c = require 'counter' c.add()")
    for text in ["return return", "error 'not today'"] {
      shelf.texts["counter"] = text
      #expect(throws: ScriptError.self) { try machine.reload("counter") }
      let (sum, same) = try machine.eval(
        "return c.add(), c == require 'counter'",
        as: (Int, Bool).self
      )
      #expect(sum > 1 && same)
    }
    shelf.texts["counter"] = nil
    #expect(throws: ScriptError.self) { try machine.reload("counter") }
  }

  @Test func reloadsWhatIsNoTableAndWhatWasNotLoaded() throws {
    let machine = Machine()
    let shelf = Shelf(["n": "return 1"])
    try machine.addModules(shelf)
    #expect(try machine.reload("n") == 1)
    shelf.texts["n"] = "return 2"
    #expect(try machine.reload("n") == 2)
    let n: Int = try machine.eval("return require 'n'")
    #expect(n == 2)
  }

  @Test func machinesWithModulesAreReleased() throws {
    weak var released: Machine?
    do {
      let machine = Machine()
      try machine.addModules(Shelf(["a": "return {}"]))
      try machine.eval("require 'a'")
      try machine.reload("a")
      released = machine
    }
    #expect(released == nil)
  }
}
