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
      math.randomseed(\(seed))
      local rows, done = 10000, 0
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
            -- Whoever stores them answers when it likes.
            task.sleep(math.random(6) / 1000)
            local row = sink:recv()
            if row == nil then return end
            done = done + 1
            assert(row >= done, "rows came twice")
          end
        end)
        \(step)
        task.sleep(60)
      end)
      print(done == rows)
      """
    }
    // The whole step is given up, with the row in its hands.
    let naive = try Trial(seed: seed).run(
      program(
        """
        local count = 0
        for _ = 1, 25000 do
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
    // A piece of code cannot be an arm, so there is none to be dropped half-way.
    try check(
      "print((select(2, pcall(task.select, { function() end })).kind))",
      "BadArgument\n",
      orders: false
    )
  }

  /// A page was fetched, and the time was up before it stood in the cache: the next one fetches it again.
  @Test func alanBuildsACache() throws {
    // The time is up at each tenth of a second, so at each checkpoint once.
    func program(_ get: String) -> String {
      """
      local lost = 0
      for tenth = 1, 12 do
        local cache, fetched
        local function fetch() task.sleep(0.55) fetched = true return "page" end
        local function keep(page) task.sleep(0.35) cache = page end
        \(get)
        task.timeout(tenth / 10, get)
        if fetched and not cache then lost = lost + 1 end
      end
      print(lost)
      """
    }
    try check(program("local function get() keep(fetch()) end"), "4\n")
    try check(
      program("local function get() local page = fetch() task.shield(1, keep, page) end"),
      "0\n"
    )
  }

  /// Three ask for the same page at once, and it is fetched three times.
  @Test func alanBuildsACacheForMany() throws {
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
    func program(_ cleanUp: String) -> String {
      """
      local open, most = 0, 0
      local function connect()
        open = open + 1
        most = math.max(most, open)
        return { close = function() task.sleep(0.1) open = open - 1 end }
      end
      task.scope(function(outer)
        for cycle = 1, 1000 do
          task.timeout(0.05, function()
            local connection = connect()
            \(cleanUp)
            task.sleep(cycle % 2)
          end)
        end
      end)
      print(open, most > 1)
      """
    }
    // What is dropped cannot wait, so it starts somebody who will close it, some time.
    try check(
      program(
        """
        local handle <close> = setmetatable({}, { __close = function()
          outer:spawn(connection.close)
        end })
        """
      ),
      "0\ttrue\n"
    )
    try check(program("defer(connection.close)"), "0\tfalse\n")
  }

  /// Pages are asked for ahead, but nobody takes them while the consumer works: their servers lose patience.
  @Test func barbaraBattlesBufferedStreams() throws {
    let servers = """
      local function open(i)
        local opened = task.now()
        return { read = function()
          if task.now() - opened > 2 then error("server " .. i .. " has lost patience", 0) end
          task.sleep(1)
          return i
        end }
      end

      """
    try check(
      servers + """
        print(pcall(function()
          local window = {}
          for i = 1, 5 do window[i] = open(i) end
          for i = 1, 5 do
            window[i].read()
            task.sleep(20)
          end
        end))
        """,
      "false\tserver 2 has lost patience\n"
    )
    try check(
      servers + """
        local inside, most, sum, consumers = 0, 0, 0, 0
        local source = task.stream(0, function(emit) for i = 1, 20 do emit(i) end end)
        for page in source:buffered(5, function(i)
          inside = inside + 1
          most = math.max(most, inside)
          local page = open(i).read()
          inside = inside - 1
          return page
        end) do
          consumers = consumers + 1
          assert(consumers == 1)
          task.sleep(20)
          sum = sum + page
          consumers = consumers - 1
        end
        print(sum, most)
        """,
      "210\t5\n"
    )
  }

  /// Bodies fill their channel because nobody reads them while all are being sent.
  @Test func awsSolvingADeadlock() throws {
    // A small body goes through and a large one stands still: nobody drives the connection yet.
    func program(_ first: String, _ second: String, _ count: Int) -> String {
      """
      local sum = 0
      local ok, e = pcall(task.scope, function(s)
        local tx, rx = task.channel(2, "body")
        local function connection() for part in rx do task.sleep(0.01) sum = sum + part end end
        \(first)
        for i = 1, \(count) do tx:send(i) end
        tx:close()
        \(second)
      end)
      print(ok, ok and sum or e.kind)
      """
    }
    try check(program("", "s:spawn(connection)", 2), "true\t3\n")
    #expect(try Trial().run(program("", "s:spawn(connection)", 500)) == "false\tUnreachable\n")
    try check(program("s:spawn(connection)", "", 500), "true\t125250\n")
    // Two that each wait for the other's body before they send their own are a circle, and are told so.
    let circle = try Trial().run(
      """
      local ok, e = pcall(task.scope, function(s)
        local toServer, atServer = task.channel(0, "question")
        local toClient, atClient = task.channel(0, "answer")
        s:spawn { name = "server", fn = function() toClient:send("answer") atServer:recv() end }
        s:spawn { name = "client", fn = function() toServer:send("question") atClient:recv() end }
      end)
      print(ok, e)
      """
    )
    #expect(circle.contains("question") && circle.contains("answer"), "\(circle)")
    #expect(circle.contains("#2 server") && circle.contains("#3 client"), "\(circle)")
  }

  /// One task fills a bounded channel and means to empty it afterwards.
  @Test func barbaraMakesAWish() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local tx, rx = task.channel(2, "wishes")
      local ok, e = pcall(function() for i = 1, 3 do tx:send(i) end end)
      print(ok, e.kind, e.message:find("wishes", 1, true) ~= nil)
      """
    )
    #expect(printed == "false\tUnreachable\ttrue\n")
    // The circle as a drawing: the task waits for the channel, which nobody else holds.
    let drawn = try Trial().run(
      """
      pcall(task.scope, function(s)
        s:spawn { name = "holder", fn = function()
          task.scope({ name = "work" }, function(inner)
            inner:spawn { name = "wish", fn = function()
              local tx, rx = task.channel(2, "wishes")
              for i = 1, 3 do tx:send(i) end
            end }
          end)
        end }
        task.sleep(1)
        for line in task.tree("dot"):gmatch("[^\\n]+") do
          if line:find("wish") or line:find("c1 ") then print(line) end
        end
        error("end", 0)
      end)
      """
    )
    #expect(
      drawn == """
          t3 [label="#3 wish\\ntest:6", color=red];
          c1 [label="channel \\"wishes\\" (2/2)", shape=ellipse];
          t3 -> c1 [label="send"];
          c1 -> t3 [label="held by"];

        """
    )
    try check(
      """
      local tx, rx = task.channel(2, "wishes")
      task.scope(function(s)
        s:spawn(function() for i = 1, 6 do tx:send(i) end tx:close() end)
        local sum = 0
        for wish in rx do sum = sum + wish end
        print(sum)
      end)
      """,
      "21\n"
    )
  }

  /// A call without a keyword elsewhere makes something that does nothing; here it is a call.
  @Test func alanMissesCSharpAsync() throws {
    // As elsewhere: what a call gives must be waited for, and who forgets it has done nothing.
    try check(
      """
      local saved = 0
      local function save(x) return function() task.sleep(1) saved = saved + x end end
      save(1)
      save(2)
      print(saved)
      """,
      "0\n"
    )
    try check(
      """
      local saved = 0
      local function save(x) task.sleep(1) saved = saved + x end
      save(1)
      save(2)
      print(saved)
      """,
      "3\n"
    )
  }

  /// A stream takes a state machine of a page, written by hand; here it is a loop.
  @Test func alanHatesWritingAStream() throws {
    try check(
      """
      -- The naive one: whoever calls has to keep the state, and forgets it between two calls.
      local function nextPage(state)
        task.sleep(0.1)
        state.page = state.page + 1
        if state.page <= 3 then return "page " .. state.page end
      end
      local seen = 0
      for _ = 1, 3 do if nextPage { page = 0 } == "page 1" then seen = seen + 1 end end
      print(seen)
      local function pages()
        return task.stream(1, function(emit)
          for i = 1, 3 do task.sleep(0.1) emit("page " .. i) end
        end)
      end
      for page in pages() do print(page) end
      """,
      "3\npage 1\npage 2\npage 3\n"
    )
  }

  /// Fetching the next ones while this one is worked on takes a wrapper of an iterator; here it is a word.
  @Test func alanWantsAPrefetchIterator() throws {
    func program(_ pages: String) -> String {
      """
      local function fetch(i) task.sleep(1) return i end
      local numbers = task.stream(0, function(emit) for i = 1, 5 do emit(i) end end)
      local start, sum = task.now(), 0
      for page in \(pages) do task.sleep(1) sum = sum + page end
      print(sum, task.now() - start)
      """
    }
    try check(program("numbers:map(fetch)"), "15\t6.0\n")
    try check(
      program(
        "(function() local i = 0 return function() i = i + 1 return i < 6 and fetch(i) or nil end end)()"
      ),
      "15\t10.0\n"
    )
    let trial = Trial()
    #expect(try trial.run(program("numbers:buffered(5, fetch)")) == "15\t6.0\n")
  }

  /// Errors of many sends take a page of code to bring together.
  @Test func awsJugglingErrorHandling() throws {
    // By hand: the loop gives up at the first error, and nobody learns of the others.
    try check(
      """
      local hosts, told = { "a", "b", "c", "d" }, 0
      local function send(host) task.sleep(1) error("no route to " .. host, 0) end
      for _, host in ipairs(hosts) do
        local ok = pcall(send, host)
        if not ok then told = told + 1 break end
      end
      print(told)
      """,
      "1\n"
    )
    try check(
      """
      local hosts = { "a", "b", "c", "d" }
      local function send(host) task.sleep(1) if host == "c" then error("no route to " .. host, 0) end return host end
      print(pcall(task.map, hosts, 8, send))
      -- All of them at once: one line, and all are told.
      local _, all = pcall(task.map, hosts, 8, function(host) task.sleep(1) error("no route to " .. host, 0) end)
      print(all.kind, #all.errors)
      local ok, e = pcall(task.scope, function(s)
        for _, host in ipairs(hosts) do s:spawn(task.shield, 5, function() task.sleep(1) error(host, 0) end) end
      end)
      print(ok, e.kind, #e.errors)
      """,
      "false\tno route to c\nErrorGroup\t4\nfalse\tErrorGroup\t4\n"
    )
  }
}
