-- sethook by call, return and line; gethook; hooks per coroutine.
local log = {}
local function hook(event, line)
  local i = debug.getinfo(2, "nS")
  if i.what == "Lua" then
    log[#log + 1] = event .. ":" .. tostring(i.name) .. (line and ":" .. line or "")
  end
end
local function f(x) return x + 1 end
local function g(x) return f(x) end
debug.sethook(hook, "cr") local r = f(1) debug.sethook() print(table.concat(log, " ")) log = {}
debug.sethook(hook, "c") r = g(1) debug.sethook() print(table.concat(log, " ")) log = {}
local function lines()
  local a = 1
  if a then

    a = 2
  end
  for i = 1, 2 do
    a = a + i
  end
  return a
end
debug.sethook(hook, "l") lines() debug.sethook() print(table.concat(log, " ")) log = {}
print(debug.gethook())
debug.sethook(hook, "crl", 7)
local h, m, c = debug.gethook()
debug.sethook()
print(h == hook, m, c)
print(debug.gethook())
debug.sethook(hook, "") print((debug.gethook()) ~= nil, select(2, debug.gethook())) debug.sethook(nil, "l") print(debug.gethook())
local n = 0
debug.sethook(function(e) n = n + 1 assert(e == "count") end, "", 100)
for i = 1, 10000 do end
debug.sethook()
print(n > 50, n < 1000)
local co = coroutine.create(function() local x = 1 coroutine.yield() local y = 2 end)
debug.sethook(co, function(e, l) log[#log + 1] = e .. l end, "l")
coroutine.resume(co)
print(#log > 0, debug.gethook(), (debug.gethook(co) ~= nil))
debug.sethook(co)
print(debug.gethook(co))
print(pcall(function()
  debug.sethook(function() debug.sethook() error("from hook", 0) end, "l")
  local x = 1
end))
print(pcall(debug.sethook, 1, "l"))
print(pcall(debug.sethook, print))
print(pcall(debug.sethook, print, 5))
print(pcall(debug.sethook, print, "l", "x"))
debug.sethook(function() end, "r")
local function many() return 1, 2, 3 end
print(many())
debug.sethook()
