-- debug.traceback texts of Lua and native frames.
local function clean(s) return (s:gsub("\n%s*%.%.%.%s*%(skipping.-\n", "\n...\n")) end
-- (LuaJIT shows where functions in C are.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("at 0x%x+", "at 0x") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function a() print(clean(debug.traceback("in a"))) end
local function b() a() end
function globalb() b() end
globalb()
local t = {m = function() print(debug.traceback("field")) end}
function t:meth() self.m() end
t:meth()
print(debug.traceback("level 0", 0))
print(debug.traceback("level 1", 1))
print(debug.traceback("level 2", 2))
print(debug.traceback("level 9", 9))
print(debug.traceback())
print(debug.traceback(nil))
print(debug.traceback(""))
print(debug.traceback(12))
print(type(debug.traceback({})), debug.traceback(print) == print, debug.traceback(true))
pcall(function() print(debug.traceback("in pcall")) end)
print(select(2, xpcall(function() local x = nil; x.y = 1 end, debug.traceback)))
print(select(2, xpcall(function() error("msg") end, function(m) return debug.traceback(m, 2) end)))
print(select(2, xpcall(function() string.rep() end, debug.traceback)))
table.sort({2, 1}, function(x, y)
  if not t.done then t.done = true print(debug.traceback("sort")) end
  return x < y
end)
local mt = setmetatable({}, {__index = function(_, k) print(debug.traceback("index " .. k)) end,
  __add = function() print(debug.traceback("add")) return 1 end})
local _ = mt.key, mt + 1
for i in function(_, c) if not c then print(debug.traceback("iter")) return 1 end end do end
local function tail() return debug.traceback("tail") end
local function caller() return tail() end
print(caller())
print((coroutine.wrap(function() return debug.traceback("co") end)()))
local function rec(n)
  if n == 0 then return clean(debug.traceback("deep")) end
  return (rec(n - 1))
end
local d = rec(50) print(select(2, d:gsub("\n", "\n")), d:sub(1, 60))
