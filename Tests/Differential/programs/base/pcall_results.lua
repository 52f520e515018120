-- pcall keeps counts of results, nils included, and nests.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function count(...) return select("#", ...) end
print(count(pcall(function() end)))
print(count(pcall(function() return nil end)))
print(count(pcall(function() return nil, nil, nil end)))
print(count(pcall(error)))
print(pcall(pcall))
print(pcall(pcall, error))
print(pcall(pcall, pcall, error, "x"))
print(pcall(pcall, pcall, pcall, type, 1))
print(pcall(nil))
print(pcall(42))
print(pcall("str"))
print(pcall({}))
print(pcall(setmetatable({}, {__call = function(self, a, b) return "called", a, b end}), 1, nil))
print(pcall(select, "#"))
print(pcall(select, "#", nil, nil))
print(pcall(select, -1, 1, 2, 3))
local function many(n) if n == 0 then return end return n, many(n - 1) end
print(count(pcall(many, 100)))
print(select(-3, pcall(many, 50)))
-- state changed before the error stays changed
local t = {}
pcall(function() t.a = 1; t.b = 2; error("x"); t.c = 3 end)
print(t.a, t.b, t.c)
-- locals outside are still shared after an error
local n = 0
for i = 1, 10 do
  pcall(function() n = n + i; if i % 2 == 0 then error("even") end; n = n + 100 end)
end
print(n)
print(pcall(function(...) return ... end, 1, nil, 3, nil))
