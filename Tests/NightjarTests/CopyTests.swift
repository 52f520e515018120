// Copies of a script's data in Swift: a few bytes of the script's must not become gigabytes of the host's, nor a
// moment of its fuel minutes.

import Nightjar
import Testing

@Suite struct CopyTests {
  private static let memory = 8 << 20

  private struct Node: Decodable {
    var left: [Node]?
    var right: [Node]?
    var text: String?
  }

  private func machine(fuel: Int? = nil) throws -> Machine {
    let machine = Machine(Configuration(limits: Limits(fuel: fuel, memory: Self.memory)))
    try machine.eval(
      """
      long = ("x"):rep(1 << 20)
      strings = {}
      for i = 1, 1000 do strings[i] = long end
      local row = {}
      for i = 1, 50000 do row[i] = i end
      rows = {}
      for i = 1, 1000 do rows[i] = row end
      tree = { text = "leaf" }
      for _ = 1, 40 do tree = { left = { tree }, right = { tree } } end
      """
    )
    return machine
  }

  private func isRefused(_ machine: Machine, _ call: String) throws {
    let (isDone, message) = try machine.eval(
      "local ok, e = pcall(function() return \(call) end) return ok, tostring(e)",
      as: (Bool, String).self
    )
    #expect(!isDone && message.contains("at most \(Self.memory) bytes expected"), "\(message)")
  }

  @Test func argumentsAreNoMoreThanTheMachineMayHold() throws {
    let machine = try machine()
    machine.define("texts") { (all: [String]) in all.count }
    machine.define("bytes") { (all: [ByteString]) in all.count }
    machine.define("values") { (all: [Value]) in all.count }
    machine.define("fields") { (all: [String: String]) in all.count }
    machine.define("numbers") { (all: [[Int]]) in all.count }
    machine["any"] = .function(machine.function(values: { [.integer($0.count)] }))
    for call in ["texts(strings)", "bytes(strings)", "values(strings)", "numbers(rows)"] {
      try isRefused(machine, call)
    }
    try machine.eval("named = {} for i = 1, 1000 do named['a' .. i] = long end")
    try isRefused(machine, "fields(named)")
    try isRefused(machine, "any(table.unpack(strings, 1, 100))")
    // What fits goes on fitting, however often.
    for _ in 1...20 {
      #expect(try machine.eval("return texts({ long, long, long })") == 3)
      #expect(try machine.eval("return numbers({ rows[1] }), texts({})") == 1)
    }
  }

  @Test func decodingIsBounded() throws {
    let machine = try machine()
    let tree: Value = try machine.eval("return tree")
    let error = #expect(throws: ScriptError.self) { try machine.decode(Node.self, from: tree) }
    #expect(error?.kind == .conversion)
    let leaf: Value = try machine.eval("return { left = { { text = long } } }")
    #expect(try machine.decode(Node.self, from: leaf).left?.first?.text?.utf8.count == 1 << 20)
  }

  @Test func errorsAreCopiedInPart() throws {
    let machine = try machine()
    let error = #expect(throws: ScriptError.self) { try machine.eval("error(strings)") }
    guard case .table(let entries)? = error?.value else {
      Issue.record("no value")
      return
    }
    #expect(entries.count == 1000 && entries.allSatisfy { $0.value == .opaque("string") })
    let text = #expect(throws: ScriptError.self) { try machine.eval("error(long .. 'end', 0)") }
    #expect(text?.message.utf8.count == 1 << 16)
    let deep = #expect(throws: ScriptError.self) { try machine.eval("error(tree)") }
    #expect(deep?.value != nil)
  }

  @Test func messagesAreNoMoreThanTheMachineMayHold() throws {
    let machine = try machine()
    for name in ["strings", "rows", "tree"] {
      let value: Value = try machine.eval("return \(name)")
      let error = #expect(throws: ScriptError.self) { try PlainValue(crossing: value, name: "m") }
      #expect(error?.message.hasSuffix("is too large, which cannot leave its machine") == true)
    }
    let value: Value = try machine.eval("return { a = { long, 1, true, 2.5 }, [1] = {} }")
    let copy = try PlainValue(crossing: value)
    #expect(copy["a"] == PlainValue(value, count: 1 << 20)["a"])
  }

  @Test func waitingCallsCountAsTheMachines() throws {
    let machine = Machine(Configuration(limits: Limits(memory: Self.memory)))
    let channel = IsolateChannel(capacity: 0)
    try machine.define("out", channel: channel)
    machine.register("keep", .async) { (text: String) async throws -> Int in
      try await Task.sleep(for: .seconds(3600))
      return text.count
    }
    let tasks = machine.openTasks(ThreadRuntime())
    let flood = try machine.load(
      """
      local send, message = ...
      local failed
      pcall(task.scope, function(s)
        for _ = 1, 100 do
          s:spawn(function()
            local ok, e = pcall(send, message)
            if not ok then failed = failed or tostring(e) end
            s:cancel()
          end)
        end
      end)
      return failed
      """
    )
    for (send, message) in [
      ("out.send", "{ ('x'):rep(1 << 19) }"), ("keep", "('x'):rep(1 << 19)"),
    ] {
      machine["flood"] = .function(flood)
      let failed: String? = try tasks.run(machine.load("return flood(\(send), \(message))"))
      #expect(failed?.contains("not enough memory") == true, "\(failed ?? "nothing") of \(send)")
    }
  }

  @Test func copyingIsPaidFor() throws {
    let machine = try machine(fuel: 20_000_000)
    var calls = 0
    machine.define("numbers") { (all: [Int]) in calls += all.count > 0 ? 1 : 0 }
    let error = #expect(throws: ScriptError.self) {
      try machine.eval("local row = rows[1] while true do numbers(row) end")
    }
    #expect(error?.kind == .outOfFuel)
    #expect(calls > 50 && calls < 200, "\(calls)")
  }
}
