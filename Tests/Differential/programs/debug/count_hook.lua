-- Count hooks can stop runaway loops; hooks are removed and replaced.
local function limited(f, n)
  local co = coroutine.create(f)
  debug.sethook(co, function() error("limit reached", 0) end, "", n)
  return coroutine.resume(co)
end
print(limited(function() while true do end end, 1000))
print(limited(function() return "fast" end, 1000000))
print(limited(function() local function r() return r() end return r() end, 10000))
print(limited(function() for i = 1, 1e9 do end end, 5000))
print(limited(function() pcall(function() while true do end end) return "caught inside" end, 1000))
print(limited(function() repeat until false end, 100))
print(limited(function() ::l:: goto l end, 100))
print(limited(function() local s = "" while #s < 1e9 do s = s .. "" end end, 10000))
local n = 0
debug.sethook(function() n = n + 1 end, "", 1)
local x = 1
x = x + 1 x = x * 2 debug.sethook()
print(n > 2, n < 100, x)
local before = n
for i = 1, 100 do end
print(n == before, debug.gethook())
local events = {}
debug.sethook(function(e) events[e] = (events[e] or 0) + 1 end, "crl", 10)
local function f() for i = 1, 50 do local y = i end end
f() debug.sethook()
print(events.call ~= nil, events["return"] ~= nil, events.line > 50, events.count > 3)
