-- What tasks cost, one line for each measure: name, value, unit.
-- The first argument is how often; a second one names the only measure.
local rounds, only = tonumber(arg[1]) or 1000000, arg[2]
local clock = os.clock

local function measure(name, n, fn)
  if only and name ~= only then return end
  local best
  for _ = 1, 3 do
    collectgarbage()
    local start = clock()
    fn(n)
    local each = (clock() - start) / n * 1e9
    if not best or each < best then best = each end
  end
  print(name, string.format("%.1f", best), "ns")
end

measure("yield", rounds, function(n)
  task.scope(function(s)
    for _ = 1, 2 do s:spawn(function() for _ = 1, n / 2 do task.yield() end end) end
  end)
end)

measure("spawn and join", rounds, function(n)
  task.scope(function(s)
    local function nothing() end
    for _ = 1, n do s:spawn(nothing):join() end
  end)
end)

measure("channel round trip", rounds, function(n)
  task.scope(function(s)
    local to, ask = task.channel(0)
    local back, answer = task.channel(0)
    s:spawn(function() for _ = 1, n do back:send(ask:recv()) end end)
    for i = 1, n do
      to:send(i)
      answer:recv()
    end
  end)
end)

measure("scope with a deadline", rounds, function(n)
  local function nothing() end
  for _ = 1, n do task.within(5, nothing) end
end)

measure("select of four", rounds / 2, function(n)
  local ready = task.event()
  local _, quiet = task.channel(1)
  ready:set()
  for _ = 1, n do
    task.select { ready:wait_op(), quiet:recv_op(), quiet:recv_op(), task.after(1) }
  end
end)

-- A wait that would close a circle of a hundred tasks, its error included.
task.scope(function(s)
  local locks = {}
  for i = 1, 101 do locks[i] = task.mutex() end
  for i = 1, 100 do
    s:spawn(function()
      locks[i]:lock()
      task.sleep(0.01)
      locks[i + 1]:with(task.yield)
      locks[i]:unlock()
    end)
  end
  locks[101]:lock()
  task.sleep(0.05)
  measure("deadlock of a hundred", 10000, function(n)
    for _ = 1, n do pcall(locks[1].lock, locks[1]) end
  end)
  locks[101]:unlock()
end)

if only then return end

-- What the process holds of memory, in MB.
local function resident()
  local file = io.open("/proc/self/status")
  local text = file and file:read("a") or ""
  if file then file:close() end
  return tonumber(text:match("VmRSS:%s*(%d+)") or 0) / 1024
end

-- A million tasks that sleep, each with its timer.
collectgarbage()
collectgarbage()
local before = collectgarbage("count")
task.scope(function(s)
  local function idle() task.sleep(1000) end
  for _ = 1, rounds do s:spawn(idle) end
  task.sleep(0.1)
  collectgarbage()
  collectgarbage()
  print("idle task", string.format("%.0f", (collectgarbage("count") - before) * 1024 / rounds), "bytes")
  print("resident, a million asleep", string.format("%.0f", resident()), "MB")
  s:cancel()
end)

local cleaned, start = 0, nil
task.scope(function(s)
  local meta = { __close = function() cleaned = cleaned + 1 end }
  local function idle()
    local resource <close> = setmetatable({}, meta)
    task.sleep(1000)
  end
  for _ = 1, rounds do s:spawn(idle) end
  task.sleep(0.1)
  start = clock()
  s:cancel()
end)
assert(cleaned == rounds)
print("cancel a million, one cleanup each", string.format("%.3f", (clock() - start) * 1e6 / rounds), "s")
