-- Closing order on normal ends, break, goto, return and errors.
local function c(name, fail)
  return setmetatable({}, {__close = function(_, e)
    io.write("[", name, ":", tostring(e), "]")
    if fail then error(fail, 0) end
  end})
end
do local a <close> = c "a" local b <close> = c "b" io.write("body ") end print()
local function r2()
  local a <close> = c "a"
  local b <close> = c "b"
  return (function() return 1, 2, 3 end)()
end
print(r2())
for i = 1, 2 do local x <close> = c("x" .. i) if i == 2 then break end io.write("loop ") end print()
do local i = 0 ::top:: do local g <close> = c("g" .. i) i = i + 1 if i < 3 then goto top end end end
print()
do local n <close> = nil local f <close> = false io.write("nil and false are fine\n") end
print(pcall(function() local a <close> = c "a" local b <close> = c "b" error("E", 0) end))
print(pcall(function() local a <close> = c "a" local b <close> = c("b", "fromB") error("E", 0) end))
print(pcall(function()
  local a <close> = c("a", "fromA")
  local b <close> = c("b", "fromB")
  return "lost"
end))
print(pcall(function()
  local a <close> = c("a")
  do local b <close> = c("b", "inner") end
  io.write("not reached")
end))
print(pcall(function() local x <close> = 5 end))
print(pcall(function() local x <close> = {} end))
print(pcall(function() local ok <close> = c "ok" local bad <close> = "str" end))
print(pcall(function() local x <close> = setmetatable({}, {__close = 5}) end))
print(pcall(function() local x <close> = c "x" getmetatable(x).__close = nil end))
print(pcall(function() local x <close> = c "x" getmetatable(x).__close = 42 end))
-- values returned are kept safe from closing
local function keep()
  local t = {1}
  local x <close> = setmetatable({}, {__close = function() t[1] = 2 t = nil end})
  return t[1], t
end
print((keep()), select(2, keep())[1])
-- a tail call inside a function with a to-be-closed variable is not a tail call
local function tc()
  local x <close> = c "tc"
  return (function() io.write("called ") return "r" end)()
end
print(tc())
-- closures and upvalues meet closing
local function up()
  local v = 1
  local x <close> = setmetatable({}, {__close = function() v = v + 10 end})
  return function() return v end
end
print(up()())
for k, v in pairs({1}) do local x <close> = c "each" goto cont ::cont:: end print()
local co = coroutine.wrap(function() local x <close> = c "co" coroutine.yield(1) return 2 end)
print(co()) print(co())
while true do local w <close> = c "while" break end print()
repeat local w <close> = c "repeat" until true print()
