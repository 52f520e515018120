-- rawget, rawset, rawequal and rawlen see no metamethods.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local log = {}
local mt = {
  __index = function(_, k) log[#log + 1] = "index " .. tostring(k) return "virtual" end,
  __newindex = function(_, k, v) log[#log + 1] = "newindex " .. tostring(k) end,
  __len = function() return 42 end,
  __eq = function() log[#log + 1] = "eq" return true end,
}
local a, b = setmetatable({1, 2, 3}, mt), setmetatable({}, mt)
print(a.x, rawget(a, "x"), a[1], rawget(a, 1))
a.y = 1
print(rawget(a, "y"))
print(rawset(a, "y", 5) == a, rawget(a, "y"), a.y)
print(#a, rawlen(a), rawlen("four"), rawlen(""))
print(a == b, rawequal(a, b), rawequal(a, a))
print(rawequal(1, 1.0), rawequal("a", "a"), rawequal(0, -0), rawequal(0.0, -0.0), rawequal(2^53,
  2^53 + 1))
print(table.concat(log, "; "))
print(pcall(rawget, 1, 2))
print(pcall(rawget))
print(pcall(rawget, {}))
print(pcall(rawset, {}, 1))
print(pcall(rawset, {}, nil, 1))
print(pcall(rawset, {}, 0/0, 1))
print(pcall(rawset, "s", 1, 1))
print(pcall(rawlen, 5))
print(pcall(rawlen))
print(pcall(rawequal, 1))
print(pcall(rawequal))
print(rawget({10, 20}, 1.0), rawget({10, 20}, 2^0), rawget({[1.5] = "f"}, 1.5))
local t = {}
rawset(t, 1.0, "one")
print(t[1], next(t))
rawset(t, 1, nil)
print(next(t))
