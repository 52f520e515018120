// A machine of a test's own, with the libraries that need nothing of the world, and what programs give back.

import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler

/// A machine and what was run on it.
struct Trial {
  let machine: Machine

  /// The fuel of a run that is not about fuel.
  static var ample: Int64 { 1 << 50 }

  init(_ limits: Limits = Limits(), hash: SeededHash = .unforeseeable()) {
    machine = Machine(limits: limits, compiler: LuaChunkCompiler(allowsBinary: false), hash: hash)
    machine.openIntrinsics()
  }

  /// How a program ended.
  enum Ending: Equatable {
    case returned([String])
    case failed(String)
  }

  /// Compiles a program and puts it where `call` finds it.
  func load(_ program: String) throws {
    let main = try LuaCompiler.compile(source: Array(program.utf8), chunkName: Array("=trial".utf8))
      .get()
    if let failure = machine.load(main) {
      throw LoadFailure(message: String(decoding: failure.message, as: UTF8.self))
    }
  }

  struct LoadFailure: Error {
    let message: String
  }

  /// Runs a program to its end; numbers and strings that it returns come back as text.
  func run(_ program: String) throws -> Ending {
    try load(program)
    machine.fuel = Self.ample
    return ending(of: machine.call())
  }

  func ending(of outcome: RunOutcome) -> Ending {
    guard case .finished(let count) = outcome else {
      return .failed(String(decoding: machine.errorText, as: UTF8.self))
    }
    return .returned(
      (0..<count).map { text(of: machine.result($0)) }
    )
  }

  private func text(of value: Value) -> String {
    switch machine.read(value) {
    case .nil: "nil"
    case .boolean(let truth): String(truth)
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    default: machine.typeName(of: value)
    }
  }
}

/// Programs that make every kind of object, and leave nothing behind.
enum Workload {
  static let all: [(name: String, program: String)] = [
    ("tables", "for i = 1, 3000 do local t = { i, i + 1, x = i, y = { i } } end"),
    ("large arrays", "for i = 1, 6 do local t = {} for k = 1, 20000 do t[k] = k end end"),
    ("large hash parts", "for i = 1, 6 do local t = {} for k = 1, 6000 do t['k' .. k] = k end end"),
    (
      "queues",
      """
      local q, first = {}, 1
      for i = 1, 5000 do q[#q + 1] = { i } end
      for i = 1, 5000 do q[i] = nil q[5000 + i] = i end
      """
    ),
    ("short strings", "for i = 1, 5000 do local s = 'a' .. i end"),
    ("long strings", "for i = 1, 200 do local s = ('x'):rep(1000 + i) .. i end"),
    ("growing strings", "local s = '' for i = 1, 3000 do s = s .. 'piece ' .. i end"),
    (
      "closures",
      """
      local function make(i) local n = 0 return function() n = n + i return n end end
      for i = 1, 3000 do make(i)() end
      """
    ),
    (
      "coroutines",
      """
      for i = 1, 300 do
        local co = coroutine.wrap(function(a) local t = { a } coroutine.yield(t) return a end)
        co(i)
        if i % 2 == 0 then co() end
      end
      """
    ),
    (
      "deep stacks",
      """
      local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end
      for i = 1, 4 do coroutine.wrap(function() deep(5000) end)() end
      """
    ),
    (
      "code",
      """
      for i = 1, 200 do
        load('local a = ' .. i .. ' return function() return a, "s' .. i .. '" end')()
      end
      """
    ),
    (
      "weak tables",
      """
      local weak = setmetatable({}, { __mode = 'kv' })
      local keys = setmetatable({}, { __mode = 'k' })
      for i = 1, 2000 do weak[i] = {} keys[{}] = { i } end
      """
    ),
    (
      "finalizers",
      """
      local count = 0
      local mt = { __gc = function(o) count = count + o.n end }
      for i = 1, 1000 do setmetatable({ n = 1 }, mt) end
      """
    ),
    ("errors", "for i = 1, 500 do pcall(function() error({ i }) end) pcall(error, 'e' .. i) end"),
    ("serials", "for i = 1, 500 do local s = tostring({}) .. tostring(print) end"),
  ]
}
