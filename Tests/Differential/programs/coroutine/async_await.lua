-- Futures and await built on coroutines with a run queue.
local queue = {}
local function spawn(f, ...)
  local co = coroutine.create(f)
  local task = {done = false, waiting = {}}
  local function step(...)
    local r = table.pack(coroutine.resume(co, ...))
    if not r[1] then
      task.err, task.done = r[2], true
    elseif coroutine.status(co) == "dead" then
      task.value, task.done = r[2], true
    else
      local other = r[2]
      if other.done then
        queue[#queue + 1] = function() step(other.value, other.err) end
      else
        table.insert(other.waiting, function()
          queue[#queue + 1] = function() step(other.value, other.err) end
        end)
      end
      return
    end
    for _, w in ipairs(task.waiting) do w() end
  end
  local args = table.pack(...)
  queue[#queue + 1] = function() step(table.unpack(args, 1, args.n)) end
  return task
end
local function await(t)
  local v, e = coroutine.yield(t)
  if e ~= nil then error(e, 0) end
  return v
end
local function run() while queue[1] do table.remove(queue, 1)() end end
local log = {}
local function work(n, v)
  return spawn(function()
    for i = 1, n do await(spawn(function() end)) log[#log + 1] = v .. i end
    return v:rep(n)
  end)
end
local main = spawn(function()
  local a, b = work(2, "a"), work(3, "b")
  log[#log + 1] = "started"
  local r = await(b) .. await(a)
  local ok, e = pcall(function() return await(spawn(function() error("task failed", 0) end)) end)
  return r .. ":" .. tostring(ok) .. ":" .. e
end)
run()
print(main.value, main.done, main.err)
print(table.concat(log, " "))
local bad = spawn(function() await(spawn(function() error({code = 7}) end)) end)
run()
print(bad.done, bad.err.code)
local chain = spawn(function()
  local s = 0
  for i = 1, 5 do s = s + await(spawn(function() return i * i end)) end
  return s
end)
run()
print(chain.value)
