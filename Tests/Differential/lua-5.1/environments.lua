-- setfenv and getfenv: functions, levels, threads and what they refuse.
local function f() return x end
print(getfenv(f) == _G, setfenv(f, {x = "own"}) == f, f(), getfenv(f).x)
local function g() setfenv(1, {print = print, y = "level 1"}) print(y) end
g()
local function caller() local function inner() setfenv(2, {print = print, z = "level 2", getfenv = getfenv}) end inner() return z end
print(caller())
local made
do
  local function maker() setfenv(1, {name = "inherited"}) return function() return name end end
  made = maker()
end
print(made())
print(pcall(setfenv, print, {})) print(pcall(setfenv, 1, 2)) print(pcall(setfenv, {}, {})) print(pcall(getfenv, 100)) print(pcall(setfenv, -1, {}))
print(getfenv(print) == _G, getfenv() == _G, getfenv(0) == _G, getfenv(1) == _G)
local co = coroutine.create(function() setfenv(0, {own = "thread"}) return getfenv(0).own, getfenv(1) == _G, loadstring("return own")() end)
print(coroutine.resume(co))
local chunk = loadstring("a = 1 return a, b")
local env = setmetatable({}, {__index = {b = "by index"}})
print(setfenv(chunk, env)()) print(env.a, a)
local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, "set " .. v) end, __index = _G})
print(pcall(setfenv(function() v = "x" return v end, t)))
print(debug.getfenv(f) == getfenv(f), debug.setfenv(f, {x = "debug"}) == f, f(), type(debug.getfenv(newproxy())))
