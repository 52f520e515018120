-- Scoped resources: files, locks, transactions, timers, nested helpers.
local log = {} local function note(...) log[#log + 1] = table.concat({...}, " ") end
local Lock = {}
Lock.__index = Lock
function Lock.new() return setmetatable({held = 0}, Lock) end
function Lock:acquire()
  assert(self.held == 0, "deadlock") self.held = 1 note("acquire")
  return setmetatable({}, {__close = function() self.held = 0 note("release") end})
end
local l = Lock.new()
local function critical(f) local guard <close> = l:acquire() return f() end
print(critical(function() return "result", l.held end))
print(pcall(critical, function() error("inside", 0) end))
print(pcall(critical, function() return critical(function() end) end))
print(l.held, table.concat(log, ","))
log = {}
local function transaction(db, f)
  local copy = {}
  for k, v in pairs(db) do copy[k] = v end
  local tx <close> = setmetatable({}, {__close = function(_, e)
    if e then
      for k in pairs(db) do db[k] = nil end
      for k, v in pairs(copy) do db[k] = v end
      note("rollback", tostring(e))
    else
      note("commit")
    end
  end})
  return f(db)
end
local db = {x = 1}
transaction(db, function(d) d.x = 2 d.y = 3 end)
print(db.x, db.y)
print(pcall(transaction, db, function(d) d.x = 100 d.z = 1 error("abort", 0) end))
print(db.x, db.y, db.z, table.concat(log, ","))
local name = os.tmpname()
local function writeAll(lines)
  local f <close> = assert(io.open(name, "w"))
  for _, s in ipairs(lines) do if s == false then error("bad line", 0) end f:write(s, "\n") end
  return #lines
end
print(writeAll {"a", "b"})
print(pcall(writeAll, {"c", false}))
do local f <close> = io.open(name) print(f:read("a")) end
os.remove(name)
local stack = {}
local function defer(f) return setmetatable({}, {__close = f}) end
local function work()
  local d1 <close> = defer(function() stack[#stack + 1] = "first deferred" end)
  stack[#stack + 1] = "work"
  local d2 <close> = defer(function() stack[#stack + 1] = "second deferred" end)
  if #stack > 0 then return "early" end
  stack[#stack + 1] = "unreached"
end
print(work(), table.concat(stack, ", "))
local depth = 0
local function enter() depth = depth + 1 return defer(function() depth = depth - 1 end) end
local function rec(n)
  local _ <close> = enter()
  if n == 0 then return depth end
  return (rec(n - 1))
end
print(rec(20), depth, pcall(function()
  local _ <close> = enter()
  local _ <close> = enter()
  error(depth, 0)
end))
print(depth)
local gen = coroutine.wrap(function()
  local r <close> = defer(function() note("generator closed") end)
  for i = 1, 3 do coroutine.yield(i) end
end)
for v in gen do io.write(v, " ") end
print(log[#log])
local co = coroutine.create(function()
  local r <close> = defer(function() note("abandoned closed") end)
  coroutine.yield()
end)
coroutine.resume(co) coroutine.close(co)
print(log[#log])
