-- newproxy: metatables, __gc, __len and comparisons of userdata in 5.1.
local p = newproxy(true)
local mt = getmetatable(p)
mt.__index = function(_, k) return "field " .. k end
mt.__len = function() return 7 end
mt.__tostring = function() return "a proxy" end
mt.__call = function(_, x) return x * 2 end
mt.__add = function(a, b) return "added" end
mt.__eq = function() return true end
mt.__lt = function() return true end
mt.__concat = function(a, b) return "joined" end
print(p.x, #p, tostring(p), p(21), p + 1, 1 + p, p .. "x")
local q = newproxy(p)
print(getmetatable(q) == mt, p == q, p < q, p <= q, rawequal(p, q), type(q))
print(getmetatable(newproxy()), getmetatable(newproxy(false)), pcall(newproxy, {}))
local log = {}
for i = 1, 3 do
  local o = newproxy(true)
  getmetatable(o).__gc = function() log[#log + 1] = i end
end
collectgarbage() collectgarbage()
table.sort(log) print(table.concat(log, " "))
local t = setmetatable({}, {__gc = function() log[#log + 1] = "table" end}) t = nil
collectgarbage() print(#log)
print(#setmetatable({1, 2, 3}, {__len = function() return 99 end}), pcall(function() return #5 end))
print(gcinfo() > 0, select("#", gcinfo()))
