// Swift types in the hands of scripts.

import Nightjar
import Testing

private final class Account: ScriptObject {
  var balance = 0
  var note: String?

  static let scriptType = ScriptType(Account.self, "Account", "A bank account.") {
    $0.property("balance", \.balance as any KeyPath<Account, Int> & Sendable, "What is in it.")
    $0.property("note", \.note, "What the owner says.")
    $0.method("deposit", "Puts money in.") { (account: Account, amount: Int) in
      account.balance += amount
    }
    $0.method("split") { (account: Account, parts: Int) in
      (account.balance / parts, account.balance % parts)
    }
    $0.method("same") { (account: Account, other: Account) in account === other }
    $0.static("open", "A new account.") { (balance: Int) in
      let account = Account()
      account.balance = balance
      return account
    }
    $0.length { $0.balance }
    $0.text { "account with \($0.balance)" }
    $0.iterate { account in [("balance", account.balance), ("parts", 2)] }
  }
}

private struct Vector: ScriptStruct, Equatable {
  var x: Double
  var y: Double

  static let scriptType = ScriptType(Vector.self, "Vector") {
    $0.property("x", \.x)
    $0.property("y", \.y)
    $0.operator(.add) { (a: Vector, b: Vector) in Vector(x: a.x + b.x, y: a.y + b.y) }
    $0.operator(.multiply) { (a: Double, b: Vector) in Vector(x: a * b.x, y: a * b.y) }
    $0.operator(.equal) { (a: Vector, b: Vector) in a == b }
    $0.static("new") { (x: Double, y: Double) in Vector(x: x, y: y) }
    $0.constant("unit") { Vector(x: 1, y: 0) }
    $0.constant("dimensions") { 2 }
    $0.subscripting { (vector: Vector, index: Int) in index == 1 ? vector.x : vector.y }
  }
}

/// Counts its deaths.
private final class Witness: ScriptObject {
  final class Count { var deaths = 0 }
  let count: Count

  init(_ count: Count) { self.count = count }
  deinit { count.deaths += 1 }

  static let scriptType = ScriptType(Witness.self, "Witness") { _ in }
}

@Suite struct HostObjectTests {
  private func machine() throws -> Machine {
    let machine = Machine()
    try machine.expose(Account.scriptType)
    try machine.expose(Vector.scriptType)
    return machine
  }

  @Test func callsMethodsAndReadsProperties() throws {
    let machine = try machine()
    let (balance, half, rest) = try machine.eval(
      """
      local a = Account.open(4)
      a:deposit(3)
      return a.balance, a:split(2)
      """,
      as: (Int, Int, Int).self
    )
    #expect(balance == 7 && half == 3 && rest == 1)
  }

  @Test func writesProperties() throws {
    let machine = try machine()
    let account = Account()
    machine["a"] = try account.scriptValue(in: machine)
    try machine.eval("a.note = 'rent'")
    #expect(account.note == "rent")
    try machine.eval("a.note = nil")
    #expect(account.note == nil)
  }

  @Test(arguments: [
    ("a.balance = 1", "script:1: field 'balance' of Account is read-only"),
    ("a.limit = 1", "script:1: Account has no field 'limit'"),
    ("a.note = {}", "script:1: bad value for field 'note' (string or nil expected, got table)"),
    ("a.deposit(3, 4)", "bad argument #1 to 'deposit' (Account expected, got number)"),
    ("a:deposit('x')", "bad argument #1 to 'deposit' (number expected, got string)"),
  ])
  func explainsMistakes(code: String, message: String) throws {
    let machine = try machine()
    machine["a"] = try Account().scriptValue(in: machine)
    do throws(ScriptError) {
      try machine.eval(code)
      Issue.record("no error")
    } catch {
      #expect(error.message.hasSuffix(message))
    }
  }

  @Test func hasStaticMembers() throws {
    let machine = try machine()
    let (x, count) = try machine.eval(
      "return (Vector.unit + Vector.new(1, 1)).x, Vector.dimensions",
      as: (Double, Int).self
    )
    #expect(x == 2 && count == 2)
    // They belong to the type and not to its values.
    #expect(throws: ScriptError.self) { try machine.eval("return Vector.unit.dimensions + 1") }
  }

  @Test func keepsIdentity() throws {
    let machine = try machine()
    let account = Account()
    machine["a"] = try account.scriptValue(in: machine)
    machine["b"] = try account.scriptValue(in: machine)
    let (equal, same, rounds) = try machine.eval(
      "local t = {[a] = 1} return a == b, a:same(b), t[b]",
      as: (Bool, Bool, Int).self
    )
    #expect(equal && same && rounds == 1)
    let back: Account = try machine.eval("return a")
    #expect(back === account)
  }

  @Test func bindsLifetimesToTheCollector() throws {
    let count = Witness.Count()
    let machine = Machine()
    for _ in 0..<100 { machine["w"] = try Witness(count).scriptValue(in: machine) }
    try machine.eval("w = nil collectgarbage() collectgarbage()")
    #expect(count.deaths == 100)
    machine["w"] = try Witness(count).scriptValue(in: machine)
    machine.killSwitch.kill()
    #expect(count.deaths == 100)
  }

  @Test func usesOperators() throws {
    let machine = try machine()
    let (vector, equal, second, text) = try machine.eval(
      """
      local v = 2 * (Vector.new(1, 2) + Vector.new(3, 4))
      return v, v == Vector.new(8, 12), v[2], tostring(Account.open(3))
      """,
      as: (Vector, Bool, Double, String).self
    )
    #expect(vector == Vector(x: 8, y: 12))
    #expect(equal && second == 12 && text == "account with 3")
  }

  @Test func iterates() throws {
    let machine = try machine()
    let text: String = try machine.eval(
      """
      local out = {}
      for k, v in pairs(Account.open(5)) do out[#out + 1] = k .. "=" .. v end
      return table.concat(out, " ")
      """
    )
    #expect(text == "balance=5 parts=2")
  }

  @Test func hidesItsMetatable() throws {
    let machine = try machine()
    machine["a"] = try Account().scriptValue(in: machine)
    let (hidden, refused) = try machine.eval(
      "return getmetatable(a), pcall(setmetatable, a, {})",
      as: (Value, Bool).self
    )
    #expect(hidden == false && !refused)
  }
}
