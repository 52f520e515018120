-- Variable arguments: select, packing into tables, passing on.
local n = tonumber(arg and arg[1]) or 450000

local unpack = table.unpack or unpack

local function sum(...)
  local total = 0
  for i = 1, select("#", ...) do
    total = total + (select(i, ...))
  end
  return total
end

local function last(...)
  local list = { ... }
  return list[#list]
end

local function forward(f, ...) return f(...) end

local function curry(f, first)
  return function(...) return f(first, ...) end
end

local total = 0
for i = 1, n do
  local add = curry(sum, i)
  total = total + forward(sum, i, 1, 2) + last(i, i + 1, i + 2) + add(3, 4)
  total = (total + sum(unpack({ i, 5, 6, 7 }))) % 1000000007
end
print(string.format("varargs %d %d", n, total))
