// Closures that say what they throw, in every shape that host functions have. Swift 6.3 stops with an internal
// error when it converts such a closure to one over packs that throws anything, so declarations over packs take the
// error's type as a parameter.

import Nightjar
import Testing

@Suite struct TypedThrowsTests {
  private enum Refusal: Error, Equatable { case negative }

  private static func half(_ n: Int) throws(Refusal) -> Int {
    if n < 0 { throw .negative }
    return n / 2
  }

  private func machine() -> Machine {
    let machine = Machine()
    machine.define("none") { () throws(Refusal) in throw .negative }
    machine.define("check") { (n: Int) throws(Refusal) in
      if n < 0 { throw .negative }
    }
    machine.define("half", "", Self.half)
    machine.define("pair") { (n: Int) throws(Refusal) -> (Int, String) in
      if n < 0 { throw .negative }
      return (n, "\(n)")
    }
    machine.define("five") { (a: Int, b: Int, c: Int, d: Int, e: Int) throws(Refusal) -> Int in
      if a < 0 { throw .negative }
      return a + b + c + d + e
    }
    machine.define("later") { (n: Int) async throws(Refusal) -> (Int, String) in
      if n < 0 { throw .negative }
      return (n, "\(n)")
    }
    machine.define("soon") { (n: Int) async throws(Refusal) in
      if n < 0 { throw .negative }
    }
    return machine
  }

  @Test(arguments: ["none()", "check(-1)", "half(-1)", "pair(-1)", "five(-1, 2, 3, 4, 5)"])
  func errorsComeBack(code: String) {
    let error = #expect(throws: ScriptError.self) { try machine().eval(code) }
    #expect(error?.underlying as? Refusal == .negative)
  }

  @Test(arguments: ["later(-1)", "soon(-1)"])
  func errorsOfAsynchronousOnesComeBack(code: String) async {
    let machine = machine()
    do throws(ScriptError) {
      try await machine.evalAsync(code)
      Issue.record("no error")
    } catch { #expect(error.underlying as? Refusal == .negative) }
  }

  @Test func resultsComeBack() async throws {
    let machine = machine()
    let text: String = try await machine.evalAsync(
      """
      check(1)
      soon(1)
      local n, s = pair(1)
      local m, t = later(2)
      return table.concat({half(4), n, s, m, t, five(1, 2, 3, 4, 5)}, " ")
      """
    )
    #expect(text == "2 1 1 2 2 15")
  }
}

/// A host object whose members say what they throw.
private final class Account: ScriptObject {
  enum Refusal: Error { case tooMuch }
  var balance = 0

  static let scriptType = ScriptType(Account.self, "Account") {
    $0.static("new") { () throws(Refusal) -> Account in Account() }
    $0.property("balance", \.balance as any KeyPath<Account, Int> & Sendable)
    $0.method("pay") { (account: Account, amount: Int) throws(Refusal) in
      if amount > account.balance { throw .tooMuch }
      account.balance -= amount
    }
    $0.method("move") { (account: Account, amount: Int) throws(Refusal) -> (Int, Int) in
      if amount > account.balance { throw .tooMuch }
      return (amount, account.balance - amount)
    }
    $0.call { (account: Account, amount: Int) throws(Refusal) -> Int in
      if amount > account.balance { throw .tooMuch }
      return account.balance - amount
    }
  }
}

extension TypedThrowsTests {
  @Test func membersOfObjects() throws {
    let machine = Machine()
    try machine.expose(Account.scriptType)
    let account = Account()
    account.balance = 10
    machine["account"] = try account.scriptValue(in: machine)
    let (left, moved, rest, called) = try machine.eval(
      "account:pay(3) local a, b = account:move(2) return account.balance, a, b, account(5)",
      as: (Int, Int, Int, Int).self
    )
    #expect((left, moved, rest, called) == (7, 2, 5, 2))
    for code in ["account:pay(100)", "account:move(100)", "account(100)"] {
      let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
      #expect(error?.underlying is Account.Refusal)
    }
  }
}
