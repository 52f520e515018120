-- select with negative indexes walks from the end; results adjust.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function last(n, ...) return select(-n, ...) end
print(last(1, "a", "b", "c"))
print(last(2, "a", "b", "c"))
print(last(3, "a", "b", "c"))
print(pcall(last, 4, "a", "b", "c"))
print((last(2, 1, 2, 3)))
print(select("#", last(2, nil, nil, nil)))
local function rev(...)
  local n, t = select("#", ...), {}
  for i = 1, n do t[i] = (select(-i, ...)) end
  return table.unpack(t, 1, n)
end
print(rev(1, nil, 3))
print(rev())
local function nth(n, ...) return (select(n, ...)) end
print(nth(1, "x"), nth(2, "x", "y"), nth(-1, "x", "y"), nth(5, 1, 2))
local function drop(n, ...) return select(n + 1, ...) end
print(drop(0, 1, 2))
print(drop(2, 1, 2))
print(select("#", drop(3, 1, 2)))
local function sum(...)
  local s = 0
  for i = 1, select("#", ...) do s = s + (select(i, ...) or 0) end
  return s
end
print(sum(1, nil, 3), sum(), sum(table.unpack({1, 2, 3, 4, 5})))
local function eq(a, b) return a == b or select("#", a, b) ~= 2 end
print(eq(1, 1), eq(1, 2))
print(pcall(select, 1.0, "f"), pcall(select, "1", "s"))
print(pcall(select, "#1", 1))
print(select("#x" == "#" and 1 or "#", 1, 2))
print(pcall(select, -1))
print(pcall(select, 0))
print(select(2, "only one"))
print((select("#", (select(1, 1, 2, 3)))))
