// Stories of programmers who were burned elsewhere, as pairs: the naive program shows the failure, the idiom
// does not.

import NightjarEngine
import NightjarRuntime
import Testing

@Suite struct StoryTests {
  /// Rows vanish when a timeout cuts between taking a row and handing it on.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func barbaraGetsBurnedBySelect(_ seed: UInt64) throws {
    func program(_ step: String) -> String {
      """
      local rows, done = 2000, 0
      task.scope(function(s)
        local tx, rx = task.channel(4)
        local out, sink = task.channel(0)
        s:spawn(function()
          for i = 1, rows do
            tx:send(i)
            if i % 7 == 0 then task.sleep(0.01) end
          end
          tx:close()
        end)
        s:daemon(function()
          while true do
            task.sleep(0.003)
            if sink:recv() == nil then return end
            done = done + 1
          end
        end)
        \(step)
        task.sleep(10)
      end)
      print(done == rows)
      """
    }
    // The whole step is given up, with the row in its hands.
    let naive = try Trial(seed: seed).run(
      program(
        """
        local count = 0
        for _ = 1, 5000 do
          task.timeout(0.002, function()
            local row = rx:recv()
            if row then out:send(row) end
          end)
        end
        """
      )
    )
    #expect(naive == "false\n")
    // Only an operation that did not happen is given up.
    let idiom = try Trial(seed: seed).run(
      program(
        """
        local pending
        while true do
          if pending == nil then
            local which, row = task.select { rx:recv_op(), task.after(0.002) }
            if which == 1 and row == nil then break end
            if which == 1 then pending = row end
          elseif task.select { out:send_op(pending), task.after(0.002) } == 1 then
            pending = nil
          end
        end
        """
      )
    )
    #expect(idiom == "true\n")
  }

  /// Two askers fetch the same thing, and a timeout leaves the cache half-made.
  @Test func alanBuildsACache() throws {
    try check(
      """
      local fetches = 0
      local function fetch() fetches = fetches + 1 task.sleep(1) return "page" end
      local naive
      local function get() if not naive then naive = fetch() end return naive end
      task.scope(function(s) for _ = 1, 3 do s:spawn(get) end end)
      print(fetches)
      fetches = 0
      local once = task.once(fetch)
      task.scope(function(s)
        s:spawn(task.timeout, 0.5, once)
        for _ = 1, 3 do s:spawn(once) end
      end)
      print(fetches <= 2, once())
      """,
      "3\ntrue\tpage\n"
    )
  }

  /// A connection's end is still under way when it is opened again.
  @Test func alanFindsDatabaseDropsHard() throws {
    try check(
      """
      local open, most = 0, 0
      local function connect()
        open = open + 1
        most = math.max(most, open)
        return { close = function() task.sleep(0.1) open = open - 1 end }
      end
      for cycle = 1, 100 do
        task.timeout(0.05, function()
          task.scope(function(s)
            local connection = connect()
            defer(connection.close)
            task.sleep(cycle % 2)
          end)
        end)
      end
      print(open, most)
      """,
      "0\t1\n"
    )
  }

  /// Bodies fill their channel because nobody reads them while all are being sent.
  @Test func awsSolvingADeadlock() throws {
    let naive = try Trial().run(
      """
      local tx, rx = task.channel(2, "body")
      local ok, e = pcall(function() for i = 1, 5 do tx:send(i) end end)
      print(ok, e.kind)
      """
    )
    #expect(naive == "false\tUnreachable\n")
    try check(
      """
      local sum = 0
      task.scope(function(s)
        local tx, rx = task.channel(2, "body")
        s:spawn(function() for v in rx do sum = sum + v end end)
        for i = 1, 500 do tx:send(i) end
        tx:close()
      end)
      print(sum)
      """,
      "125250\n"
    )
  }

  /// A program hangs and nobody can say on what.
  @Test func alanTriesToDebugAHang() throws {
    let printed = try Trial().run(
      """
      local ledger = task.mutex("ledger")
      task.scope(function(s)
        s:spawn { name = "writer", fn = function() ledger:with(task.sleep, 100) end }
        task.sleep(1)
        local stuck = s:spawn { name = "report", fn = function() ledger:lock() end }
        task.sleep(12)
        print(task.why(stuck))
        s:cancel()
      end)
      """
    )
    let lines = printed.split(separator: "\n")
    #expect(lines.count <= 3)
    #expect(
      lines.first?.hasPrefix(
        "#3 report  parked 12s in mutex \"ledger\" held by task #2 writer  at test:5"
      ) == true
    )
  }

  /// Errors of many sends take a page of code to bring together.
  @Test func awsJugglingErrorHandling() throws {
    try check(
      """
      local hosts = { "a", "b", "c", "d" }
      local function send(host) task.sleep(1) if host == "c" then error("no route to " .. host, 0) end return host end
      print(pcall(task.map, hosts, 8, send))
      local ok, e = pcall(task.scope, function(s)
        for _, host in ipairs(hosts) do s:spawn(task.shield, 5, function() task.sleep(1) error(host, 0) end) end
      end)
      print(ok, e.kind, #e.errors)
      """,
      "false\tno route to c\nfalse\tErrorGroup\t4\n"
    )
  }
}
