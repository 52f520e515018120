-- select with positive, negative, string and out-of-range arguments.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
print(select("#"))
print(select("#", nil))
print(select("#", 1, nil, nil))
print(select(1, "a", "b", "c"))
print(select(2, "a", "b", "c"))
print(select(4, "a", "b", "c"))
print(select(100, "a"))
print(select(-1, "a", "b", "c"))
print(select(-3, "a", "b", "c"))
print(pcall(select, -4, "a", "b", "c"))
print(pcall(select, 0, "a"))
print(pcall(select))
print(pcall(select, nil))
print(pcall(select, "x", 1))
print(pcall(select, "2", "a", "b"))
print(pcall(select, 2.0, "a", "b"))
print(pcall(select, 2.5, "a", "b"))
print(pcall(select, {}, "a"))
print((select(2, "a", "b", "c")))
print(pcall(select, math.mininteger, 1))
print(pcall(select, math.maxinteger, 1))
-- in argument lists
local function f(...) return select("#", ...), ... end
print(f(select(2, 1, 2, 3), select(2, 1, 2, 3)))
print(f((select(2, 1, 2, 3)), nil))
local sum = 0
local function add(...)
  for i = 1, select("#", ...) do sum = sum + (select(i, ...)) end
  return sum
end
print(add(table.unpack({1, 2, 3, 4, 5, 6, 7, 8, 9, 10})))
