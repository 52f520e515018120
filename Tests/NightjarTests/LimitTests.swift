// Limits that nothing else meets: each at the limit and one beyond.

import Nightjar
import Testing

@Suite struct LimitTests {
  @Test func sourceLength() throws {
    var limits = Limits()
    limits.sourceLength = 100
    let machine = Machine(Configuration(limits: limits))
    let program = "local text = ...; return (select(2, load(text)))"
    let function = try machine.load(program)
    let fitting = String(repeating: " ", count: 100)
    let nothing = try function.call(fitting, as: String?.self)
    #expect(nothing == nil)
    let message = try function.call(fitting + " ", as: String?.self)
    #expect(message == "chunk of 101 bytes (limit is 100)")
  }

  private static let down = """
    local n = ...
    local function down(n)
      if n == 0 then task.sleep(1) return 0 end
      return 1 + down(n - 1)
    end
    local ok, result = pcall(down, n)
    return ok and result or tostring(result):match("stack overflow") or result
    """

  private func depth(_ count: Int, _ limits: Limits) throws -> Value {
    let machine = Machine(Configuration(limits: limits))
    let tasks = machine.openTasks(SimRuntime())
    return try tasks.run(
      try machine.load(Self.down, name: "down"),
      arguments: [.integer(count)]
    )
  }

  /// R1: recursion that suspends, as deep as the host allows, and with that raised as memory goes.
  @Test func r1CallDepth() throws {
    var limits = Limits()
    limits.callDepth = 1_000
    #expect(try depth(900, limits) == .integer(900))
    #expect(try depth(1_000, limits) == .string("stack overflow"))
    #expect(try depth(1_000_000, Limits()) == .string("stack overflow"))
    limits.callDepth = 1_000_010
    #expect(try depth(1_000_000, limits) == .integer(1_000_000))
    #expect(try depth(1_000_010, limits) == .string("stack overflow"))
    limits.callDepth = .max
    limits.memory = 64_000_000
    #expect(try depth(10_000_000, limits) == .string("not enough memory"))
  }
}
