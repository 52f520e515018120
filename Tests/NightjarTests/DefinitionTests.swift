// What a host offers, written down for editors and compilers: golden texts.

import Nightjar
import Testing

private enum Level: String, CaseIterable, ScriptConvertible {
  case low
  case high
}

private struct Job: ScriptCodable {
  var name: String
}

private final class Account: ScriptObject {
  var balance = 0
  var note: String?

  static let scriptType = ScriptType(Account.self, "Account", "A bank account.") {
    $0.property("balance", \.balance as any KeyPath<Account, Int> & Sendable, "What is in it.")
    $0.property("note", \.note)
    $0.method("deposit", "Puts money in.", parameters: ["amount"]) {
      (account: Account, amount: Int) in account.balance += amount
    }
    $0.method("end") { (account: Account) in account.balance }
    $0.method("audit") { (_: Account) async throws -> [String] in [] }
    $0.static("open", "A new account.", parameters: ["note"]) { (_: String?) in Account() }
    $0.constant("limit", "The most.") { 100 }
    $0.operator(.add) { (a: Account, b: Int) in a.balance + b }
    $0.operator(.multiply) { (a: Int, b: Account) in a * b.balance }
    $0.length { $0.balance }
    $0.call { (account: Account, factor: Double) in Double(account.balance) * factor }
    $0.subscripting { (_: Account, index: Int) in "\(index)" }
  }
}

/// Known only by the functions that speak of it.
private struct Receipt: ScriptStruct {
  static let scriptType = ScriptType(Receipt.self, "Receipt") {
    $0.property("total") { _ in 1.5 }
    $0.property("account") { _ in Account() }
  }
}

@Suite struct DefinitionTests {
  private func machine() throws -> Machine {
    let machine = Machine()
    machine.define("add", "Adds two numbers.", parameters: ["a", "b"]) { (a: Int, b: Int) in a + b }
    machine.define("log", parameters: ["end"]) { (_: Value) in }
    machine.define("api.send", "Sends a text.\nIt may wait.", parameters: ["to", "level"]) {
      (_: String, _: Level?) async throws -> (Bool, String?) in (true, nil)
    }
    machine.define("api.mail.list") { (_: [String: [Int]]) -> [Receipt] in [] }
    machine.define("api.end") { (_: Job, _: Table) in 1.5 }
    try machine.define("api.version", "Which one it is.", value: "2.1")
    try machine.define("debugging", value: true)
    try machine.expose(Account.scriptType)
    return machine
  }

  @Test func pathsAreTables() throws {
    let (sum, version) = try machine().eval(
      "return add(1, 2), api.version, api['end']",
      as: (Int, String).self
    )
    #expect(sum == 3 && version == "2.1")
  }

  @Test func writesLuaLS() throws {
    let text = try machine().definitions()
    #expect(text == Self.luals, "\(text)")
    // What editors read as Lua is Lua.
    _ = try Chunk(source: text)
  }

  @Test func writesFuse() throws {
    let text = try machine().definitions(.fuse)
    #expect(text == Self.fuse, "\(text)")
  }

  @Test func aNewDefinitionTakesThePlaceOfTheOld() throws {
    let machine = Machine()
    machine.define("f") { (a: Int) in a }
    machine.define("f", "Anew.") { "text" }
    #expect(machine.definitions() == "---@meta\n\n---Anew.\n---@return string\nfunction f() end\n")
  }

  @Test func describesOneType() {
    #expect(Account.scriptType.definition().contains("---@class Account\n"))
    #expect(
      Account.scriptType.definition(.fuse).hasPrefix("declare global\n  --- A bank account.\n")
    )
  }

  private static let luals = """
    ---@meta

    ---@type boolean
    debugging = nil

    ---Adds two numbers.
    ---@param a integer
    ---@param b integer
    ---@return integer
    function add(a, b) end

    ---@param end_ any
    function log(end_) end

    ---A bank account.
    ---@class Account
    ---@field balance integer What is in it. (read-only)
    ---@field note string?
    ---@field [integer] string
    ---@operator add(integer): integer
    ---@operator len: integer
    ---@overload fun(p1: number): number
    Account = {}

    ---The most.
    ---@type integer
    Account.limit = nil

    ---Puts money in.
    ---@param amount integer
    function Account:deposit(amount) end

    ---@return integer
    Account["end"] = function(self) end

    ---@return string[]
    function Account:audit() end

    ---A new account.
    ---@param note? string
    ---@return Account
    function Account.open(note) end

    ---@class Receipt
    ---@field total number (read-only)
    ---@field account Account (read-only)
    local Receipt = {}

    ---@class api
    ---@field version string Which one it is.
    api = {}

    ---Sends a text.
    ---It may wait.
    ---@param to string
    ---@param level? "low"|"high"
    ---@return boolean
    ---@return string?
    function api.send(to, level) end

    ---@param p1 table
    ---@param p2 table
    ---@return number
    api["end"] = function(p1, p2) end

    ---@class api.mail
    api.mail = {}

    ---@param p1 table<string, integer[]>
    ---@return Receipt[]
    function api.mail.list(p1) end

    """

  private static let fuse = """
    declare global
      let debugging: boolean
      --- Adds two numbers.
      unsafe fn add(a: number, b: number) -> number
      unsafe fn log(r#end: unknown?)
      --- A bank account.
      struct Account
        --- What is in it.
        pub balance: number
        pub note: string?
        --- Puts money in.
        unsafe fn deposit(self, amount: number)
        unsafe fn r#end(self) -> number
        unsafe fn audit(self) -> string[]
        --- A new account.
        unsafe fn open(note: string? = None) -> Account
      end
      struct Receipt
        pub total: number
        pub account: Account
      end
      let api: {
        --- Which one it is.
        version: string,
        --- Sends a text.
        --- It may wait.
        send: unsafe fn(to: string, level: ("low" | "high")?) -> (boolean, string?),
        "end": unsafe fn(p1: Table, p2: Table) -> number,
        mail: {
          list: unsafe fn(p1: { [string]: number[] }) -> Receipt[],
        },
      }
    end

    """
}
