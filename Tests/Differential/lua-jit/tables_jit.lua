-- table.new, table.clear, table.move and what LuaJIT has of 5.2 without asking.
local new, clear = require "table.new", require "table.clear"
local t = new(10, 5) for i = 1, 10 do t[i] = i end t.x = "field" print(#t, t.x)
clear(t) print(#t, t.x, next(t)) t[1] = "again" print(t[1])
print(unpack(table.move({1, 2, 3}, 1, 3, 2))) print(unpack(table.move({1, 2, 3}, 1, 2, 1, {9, 9, 9})))
print(table.maxn {1, [5] = 1}, table.getn {1, 2}, table.pack, table.unpack) print(#setmetatable({}, {__len = function() return 5 end}))
for k, v in pairs(setmetatable({1}, {__pairs = function() error "no" end})) do print(k, v) end
print(xpcall(function(...) return select("#", ...), ... end, print, 1, 2)) print(load("return x", "=e", "t", {x = "in env"})(), load(function() return nil end) ~= nil)
print(("x"):rep(3, ","), math.log(8, 2), string.format("%q %a", "a\0\n", 1), tostring(-0.0 + 0), coroutine.isyieldable())
print(pcall(load, 5) , select(2, load("x", "=n", "b"))) print(setfenv(function() return y end, {y = 1})(), rawlen, bit32, utf8, _ENV)
