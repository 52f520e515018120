// R7 and R8: streams, what is made of them, and generators.

import NightjarEngine
import NightjarRuntime
import Testing

/// Streams whose producers tell when they end, and an idle stretch of the consumer.
private let prelude = """
  local function closing(f) return setmetatable({}, { __close = f }) end
  produced = 0
  local function numbers(n, cap)
    return (task.stream(cap or 0, function(emit)
      local c <close> = closing(function() print("producer closed", task.now()) end)
      for i = 1, n do produced = i emit(i) end
    end))
  end
  local function list(stream)
    local values = {}
    for v in stream do values[#values + 1] = type(v) == "table" and "(" .. table.concat(v, " ") .. ")" or v end
    return table.concat(values, " ")
  end

  """

@Suite struct StreamTests {
  @Test func r7EveryCombinator() throws {
    try check(
      prelude + """
        local even = function(x) return x % 2 == 0 end
        print(list(numbers(4):map(function(x) return x * 10 end)))
        print(list(numbers(6):filter(even)))
        print(list(numbers(100):take(3)))
        print(list(numbers(5):chunk(2)))
        print(list(numbers(3):zip(numbers(2):map(function(x) return -x end))))
        print(list(numbers(3):throttle(2)))
        print(list(numbers(5):buffered(2, function(x) task.sleep(6 - x) return x end)))
        local merged = {}
        for v in task.merge(0, numbers(2), numbers(3)) do merged[#merged + 1] = v end
        table.sort(merged)
        print(table.concat(merged, " "))
        """,
      """
      producer closed\t0.0
      10 20 30 40
      producer closed\t0.0
      2 4 6
      producer closed\t0.0
      1 2 3
      producer closed\t0.0
      (1 2) (3 4) (5)
      producer closed\t0.0
      producer closed\t0.0
      (1 -1) (2 -2)
      producer closed\t2.0
      1 2 3
      producer closed\t9.0
      1 2 3 4 5
      producer closed\t13.0
      producer closed\t13.0
      1 1 2 2 3

      """,
      orders: false
    )
  }

  /// A consumer that is busy for 20 seconds: what may run ahead does, and no more.
  @Test(arguments: [
    ("map(function(x) return x end)", 3), ("filter(function() return true end)", 3),
    ("take(50)", 3), ("chunk(1)", 3), ("throttle(0.1)", 3),
    ("zip(task.stream(0, function(emit) for i = 1, 99 do emit(i) end end))", 3),
    ("buffered(5, function(x) task.sleep(1) return x end)", 13),
  ])
  func r7WhatRunsAheadIsBounded(_ made: String, _ most: Int) throws {
    try check(
      prelude + """
        local stream = numbers(99):\(made)
        stream()
        local before = produced
        task.sleep(20)
        print(produced > before or produced >= 1, produced <= \(most))
        stream:close()
        """,
      "true\ttrue\nproducer closed\t\(made.hasPrefix("buffered") ? "21.0" : "20.0")\n"
    )
  }

  @Test func r7PrefetchingGoesOnWhileTheConsumerIsBusy() throws {
    // Five fetches of five seconds each have ended after the consumer's twenty.
    try check(
      prelude + """
        local ended = 0
        local fetched = numbers(99):buffered(5, function(x) task.sleep(5) ended = ended + 1 return x end)
        print(fetched(), task.now())
        task.sleep(20)
        print(ended >= 6, ended <= 7)
        local start = task.now()
        for i = 2, 6 do assert(fetched() == i) end
        print("no wait", task.now() - start)
        fetched:close()
        """,
      "1\t5.0\ntrue\ttrue\nno wait\t0.0\nproducer closed\t25.0\n"
    )
  }

  /// However the consumer leaves, the producer has ended before the next statement.
  @Test func r7TheProducerEndsBeforeTheNextStatement() throws {
    try check(
      prelude + """
        local function make(emit)
          local c <close> = closing(function() task.sleep(0.1) print("producer closed", task.now()) end)
          for i = 1, 99 do emit(i) end
        end
        for v in task.stream(0, make) do if v == 2 then break end end
        print("after break")
        print(pcall(function() for v in task.stream(0, make) do error("in the loop", 0) end end))
        print((task.timeout(1, function() for v in task.stream(0, make) do task.sleep(0.4) end end)))
        local function first() for v in task.stream(0, make) do return v end end
        print(first())
        """,
      """
      producer closed\t0.1
      after break
      producer closed\t0.2
      false\tin the loop
      producer closed\t1.3
      false
      producer closed\t1.4
      1

      """
    )
  }

  @Test func r8AnAbandonedGeneratorEndsWithItsConsumer() throws {
    try check(
      prelude + """
        task.scope(function(s)
          s:spawn(function()
            local stream = numbers(99, 1)
            print(stream(), stream())
            -- Nobody closes it.
          end)
          task.sleep(5)
          print("the consumer has ended", task.now())
        end)
        """,
      "1\t2\nproducer closed\t0.0\nthe consumer has ended\t5.0\n"
    )
  }

  @Test func r8AGeneratorCannotYieldOutOfItsScope() throws {
    for opener in ["task.within(5, f)", "task.timeout(5, f)", "task.shield(5, f)", "task.scope(f)"]
    {
      try check(
        """
        local generator = coroutine.wrap(function()
          coroutine.yield("before")
          local f = function() coroutine.yield("inside") end
          local ok, e = pcall(function() return \(opener) end)
          coroutine.yield(e.kind)
          return "behind"
        end)
        print(generator(), generator(), generator())
        -- Scopes further out are nobody's problem.
        task.within(5, function()
          local co = coroutine.wrap(function() coroutine.yield(1) return 2 end)
          print(co(), co())
        end)
        """,
        "before\tYieldInScope\tbehind\n1\t2\n"
      )
    }
  }

  @Test func broadcastReachesAll() throws {
    try check(
      """
      local hub = task.broadcast(1)
      task.scope(function(s)
        local heard = {}
        for i = 1, 3 do
          local rx = hub:subscribe()
          s:spawn(function()
            local list = {}
            for v in rx do list[#list + 1] = v if i == 3 then rx:close() end end
            heard[i] = table.concat(list, " ")
          end)
        end
        for v = 1, 4 do hub:send(v) end
        hub:close()
        task.sleep(1)
        print(heard[1], heard[2], heard[3]:sub(1, 1))
      end)
      """,
      "1 2 3 4\t1 2 3 4\t1\n"
    )
  }

  @Test func watchersSeeTheLastValue() throws {
    try check(
      """
      local config = task.watch("first")
      task.scope(function(s)
        s:spawn(function()
          local value, version = config:get()
          print(value, version)
          value, version = config:next(version)
          print(value)
        end)
        task.sleep(1)
        config:set("second")
        config:set("third")
      end)
      """,
      "first\t0\nthird\n"
    )
  }

  @Test func supervisorsRestart() throws {
    try check(
      """
      local runs = { a = 0, b = 0 }
      local function flaky()
        runs.a = runs.a + 1
        task.sleep(1)
        if runs.a < 3 then error("again", 0) end
      end
      local function steady() runs.b = runs.b + 1 task.sleep(4) end
      task.supervise({ strategy = "one_for_one" }, { flaky, steady })
      print(runs.a, runs.b, task.now())
      runs.a, runs.b = 0, 0
      task.supervise({ strategy = "one_for_all" }, { flaky, steady })
      print(runs.a, runs.b, task.now())
      runs.a, runs.b = 0, 0
      task.supervise({ strategy = "rest_for_one" }, { steady, flaky })
      print(runs.a, runs.b, task.now())
      print(pcall(task.supervise, { max = 2, within = 10 }, { function() task.sleep(1) error("broken", 0) end }))
      """,
      "3\t1\t4.0\n3\t3\t10.0\n3\t1\t14.0\nfalse\tbroken\n"
    )
  }

  @Test func onCancelObserves() throws {
    try check(
      """
      task.scope(function(s)
        local h = s:spawn(function()
          task.on_cancel(function(reason) task.sleep(0.5) print("cancelled:", reason, task.now()) end)
          task.sleep(10)
        end)
        s:spawn(function() task.on_cancel(print) task.sleep(0.1) end)
        task.sleep(1)
        h:cancel("enough")
      end)
      """,
      "cancelled:\tenough\t1.5\n"
    )
  }

  /// R7: a loop that is left closes its stream before the next statement runs, and so what the stream was made of.
  @Test(arguments: [
    "numbers('a'):map(function(n) return n end)", "numbers('a'):filter(function() return true end)",
    "numbers('a'):take(5)", "numbers('a'):chunk(1)", "numbers('a'):throttle(0.02)",
    "numbers('a'):buffered(3, function(n) task.sleep(0.05) return n end)",
    "task.merge(2, numbers('a'))", "numbers('a'):map(print):take(3):chunk(2)",
  ])
  func r7WhatAStreamIsMadeOfIsClosedWithIt(_ stream: String) throws {
    let program = """
      local function print() return true end
      local log = {}
      local function numbers(name)
        return task.stream(1, function(emit)
          defer(function() task.sleep(0.1) log[#log + 1] = "closed " .. name end)
          for i = 1, 100 do task.sleep(0.01) emit(i) end
        end)
      end
      """
    let end = "\n_G.print(table.concat(log, ', '))"
    try check(program + "\nfor _ in \(stream) do break end" + end, "closed a\n")
    try check(
      program + "\npcall(function() for _ in \(stream) do error('no') end end)" + end,
      "closed a\n"
    )
    try check(
      program + "\ntask.timeout(0.3, function() for _ in \(stream) do task.sleep(9) end end)" + end,
      "closed a\n"
    )
  }

  /// The same where two streams make one.
  @Test(arguments: ["numbers('a'):zip(numbers('b'))", "task.merge(2, numbers('a'), numbers('b'))"])
  func r7BothStreamsOfAPairAreClosed(_ stream: String) throws {
    try check(
      """
      local closed = 0
      local function numbers()
        return task.stream(1, function(emit)
          defer(function() task.sleep(0.1) closed = closed + 1 end)
          for i = 1, 100 do task.sleep(0.01) emit(i) end
        end)
      end
      for _ in \(stream) do break end
      print(closed)
      """,
      "2\n"
    )
  }

  /// A stream in a variable outlives a loop; `<close>` ends it with its block, and its scope does in any case.
  @Test func r7AStreamInAVariable() throws {
    try check(
      """
      local function numbers()
        return task.stream(1, function(emit)
          defer(function() print("closed") end)
          for i = 1, 100 do task.sleep(0.01) emit(i) end
        end)
      end
      do
        local some <close> = numbers()
        for n in some do if n == 2 then break end end
        print(some())
      end
      print("behind the block")
      task.scope(function()
        local some = numbers()
        for _ in some do break end
      end)
      print("behind the scope")
      """,
      "3\nclosed\nbehind the block\nclosed\nbehind the scope\n"
    )
  }
}
