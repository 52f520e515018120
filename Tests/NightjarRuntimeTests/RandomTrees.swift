// The programs of `RandomTreeTests`: a tree of scopes and tasks from a number, which does everything that can be done
// with tasks, at random, and counts the cleanups that it began and those that ran.

/// Defines `tree(seed)`; `op(class, milliseconds)` asks the host.
let randomTrees = #"""
  begun, cleaned, twice, late = 0, 0, 0, 0

  local function closing(f) return setmetatable({}, { __close = f }) end

  function tree(seed)
    local state = seed * 2654435761 % 4294967296
    local function random(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return (state >> 8) % n
    end
    local budget = 30
    local channels = {}
    for i = 1, 3 do channels[i] = { task.channel(random(3)) } end
    local mutexes, event, permits = { task.mutex(), task.mutex() }, task.event(), task.semaphore(2)
    local handles, shared = {}, nil
    local node, step

    local function sender() return channels[random(3) + 1][1] end
    local function receiver() return channels[random(3) + 1][2] end
    local function mutex()
      local i = random(2) + 1
      -- One whose owner ended is of no use any more.
      if not mutexes[i]:try_lock() then
        local ok, e = pcall(task.timeout, 0, mutexes[i].lock, mutexes[i])
        if not ok and type(e) == "table" and e.kind == "OwnerDied" then mutexes[i] = task.mutex() end
        return mutexes[i]
      end
      mutexes[i]:unlock()
      return mutexes[i]
    end
    local function short(n) return random(n) / 100 end

    -- What cleanup does: nothing, waits, spawns, fails, asks the host, waits for locks and channels.
    local cleanups = {
      function() task.sleep(0.01) end,
      function() pcall(task.sleep, 0.3) end,
      function() error("cleanup", 0) end,
      function() task.scope(function(t) for _ = 1, 2 do t:spawn(task.sleep, short(5)) end end) end,
      function() task.scope(function(t) t:spawn(error, "child of cleanup", 0) end) end,
      function() task.timeout(short(10), task.sleep, 1) end,
      function() task.timeout(short(20), sender().send, sender(), 1) end,
      function() pcall(task.timeout, short(20), mutex().lock, mutex()) end,
      function() op(random(3), random(200)) end,
      function() task.select { receiver():recv_op(), task.after(short(10)) } end,
      function() task.shield(short(10), task.sleep, short(20)) end,
      function() defer(function() task.sleep(0.01) end) error({ "again" }) end,
      function() coroutine.wrap(function() task.sleep(0.01) coroutine.yield() end)() end,
    }
    local function cleanup()
      local ran = false
      begun = begun + 1
      local body = cleanups[random(2 * #cleanups) + 1]
      return function()
        if ran then twice = twice + 1 end
        ran = true
        cleaned = cleaned + 1
        if body then body() end
      end
    end

    local ways = {
      function() task.sleep(random(50) / 100) end,
      function() task.sleep(random(10) / 1000) end,
      function() task.yield() end,
      function() task.checkpoint() end,
      function() task.timeout(short(40), sender().send, sender(), 1) end,
      function() task.timeout(short(40), function() return receiver():recv() end) end,
      function() mutex():with(task.sleep, short(10)) end,
      function() task.timeout(short(10), function() local m = mutex() m:lock() task.sleep(short(5)) m:unlock() end) end,
      -- Ends without letting go.
      function() if random(4) == 0 then mutex():try_lock() end end,
      function() task.timeout(short(20), function() permits:with(task.sleep, short(10)) end) end,
      function() pcall(permits.release, permits) end,
      function() pcall(task.within, short(20), event.wait, event) end,
      function() event:set() end,
      function() event:clear() end,
      function(s) if s then s:cancel("chosen") end end,
      function() if #handles > 0 then handles[random(#handles) + 1]:cancel("picked") end end,
      function() if random(2) == 0 then error("step", 0) end end,
      function() pcall(error, "caught") end,
      function() task.shield(short(20), task.sleep, short(30)) end,
      function() task.shield(short(20), node) end,
      function() task.select { receiver():recv_op(), task.after(short(30)) } end,
      function()
        local list = { task.after(short(30)), receiver():recv_op(), sender():send_op(2), event:wait_op(), permits:acquire_op() }
        if #handles > 0 then list[#list + 1] = handles[random(#handles) + 1]:join_op() end
        if random(3) == 0 then list[#list + 1] = mutex():lock_op() end
        for i = #list, 2, -1 do
          local j = random(i) + 1
          list[i], list[j] = list[j], list[i]
        end
        pcall(task.select, list)
      end,
      function()
        if #handles == 0 then return end
        pcall(function() task.timeout(0.2, function() handles[random(#handles) + 1]:join() end) end)
      end,
      -- Coroutines: finished, left alone, closed by somebody, resumed by several.
      function()
        local co = coroutine.wrap(function() task.sleep(0.01) coroutine.yield() task.sleep(0.01) end)
        co()
        co()
      end,
      function()
        local co = coroutine.create(function()
          local c <close> = closing(cleanup())
          step()
          coroutine.yield()
        end)
        coroutine.resume(co)
        coroutine.close(co)
      end,
      function()
        shared = shared or coroutine.create(function() while true do task.sleep(0.02) coroutine.yield() end end)
        coroutine.resume(shared)
        if coroutine.status(shared) == "dead" then shared = nil end
      end,
      function() defer(cleanup()) end,
      function() task.finally(step, cleanup()) end,
      function() local c <close> = task.closing(cleanup()) step() end,
      -- Streams, and what is made of them.
      function()
        local stop = random(4)
        for v in task.stream(random(3), function(emit)
          local c <close> = closing(cleanup())
          for i = 1, 5 do emit(i) if random(4) == 0 then task.sleep(0.01) end end
        end) do
          if v == stop then break end
          if random(10) == 0 then error("consumer", 0) end
        end
      end,
      function()
        local source = task.stream(1, function(emit) for i = 1, 4 do emit(i) end if random(3) == 0 then error("producer", 0) end end)
        pcall(function()
          for v in source:buffered(2, function(x) task.sleep(0.01) return x end):filter(function(x) return x > 1 end):take(2) do end
        end)
      end,
      function() task.map({ 1, 2, 3 }, 2, function() task.sleep(short(5)) end) end,
      function() pcall(task.supervise, { max = 1, within = 1 }, { function() task.sleep(0.01) if random(2) == 0 then error("child", 0) end end }) end,
      -- Calls of the host of each class, cut off or not.
      function() op(random(3), random(150)) end,
      function() task.timeout(short(15), op, random(3), random(300)) end,
      function() pcall(task.nosuspend, function() if random(2) == 0 then task.sleep(1) end end) end,
      function() local n = 0 for i = 1, random(4000) do n = n + i end end,
      function() if random(200) == 0 then task.timeout(0.01, function() while true do end end) end end,
      function() task.label("step", random(10)) end,
      function()
        local i = random(3) + 1
        channels[i][random(2) + 1]:close()
        channels[i] = { task.channel(random(3)) }
      end,
      function() if random(100) == 0 then task.stuck() end end,
      function() if random(50) == 0 then collectgarbage() end end,
      function() task.select { task.after(0), receiver():recv_op() } end,
    }

    function step(s)
      local choice = random(#ways + 8)
      if choice < #ways then ways[choice + 1](s) elseif budget > 0 then node() end
    end

    local priorities = { "high", "normal", "low", "idle" }

    function node()
      budget = budget - 1
      local options = { grace = random(60) / 100 }
      if random(3) == 0 then options.deadline = random(100) / 100 end
      if random(4) == 0 then options.on_error = "collect" end
      if random(8) == 0 then options.max_tasks = random(3) end
      local guarded = random(2) == 0
      local function body(s)
        local c <close> = closing(cleanup())
        for _ = 1, random(4) + 1 do
          if budget > 0 and random(2) == 0 then
            budget = budget - 1
            local method = random(6) == 0 and s.daemon or s.spawn
            local fn = function()
              local d <close> = closing(cleanup())
              for _ = 1, random(4) + 1 do step(s) end
            end
            if random(4) == 0 then fn = { fn = fn, prio = priorities[random(4) + 1], preemptible = random(2) == 0 } end
            handles[#handles + 1] = method(s, fn)
          else
            step(s)
          end
        end
      end
      local began = task.now()
      local ok, e = pcall(task.scope, options, body)
      -- Deadline, shield, grace, drop, and what loops without a checkpoint take.
      if options.deadline and task.now() - began > options.deadline + 0.2 + options.grace + 0.1 + 0.4 then
        late = late + 1
      end
      if not ok and not guarded then error(e, 0) end
    end

    pcall(task.within, 20, node)
  end
  """#
