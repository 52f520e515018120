-- Yields inside the table library: comparators and metamethods of the tables it works on.
local M = dofile "harness.lua"
local case = M.case

-- A table that is not the one which holds the values; each access is a callback.
local function proxy(mark, store, quiet)
  quiet = quiet or {}
  local function note(label, ...)
    if quiet[label:match("%a+")] then return ... end
    return mark(label, ...)
  end
  return setmetatable({}, {
    __len = function() return note("len", #store) end,
    __index = function(_, k) return note("get" .. tostring(k), store[k]) end,
    __newindex = function(_, k, v) note("set" .. tostring(k)) store[k] = v end,
  })
end

local function shuffled(n)
  local t, x = {}, 42
  for i = 1, n do
    x = (x * 1103515245 + 12345) % 2147483648
    t[i] = x % 100
  end
  return t
end

case("sort comparator", 10, function(mark)
  local t = { 5, 2, 8, 1, 9, 3 }
  table.sort(t, function(a, b) return mark(a .. "<" .. b, a < b) end)
  return t
end)
for _, n in ipairs { 0, 1, 2, 3, 4, 10, 50 } do
  case("sort of " .. n .. " elements", n > 1 and 1 or 0, function(mark)
    local t = shuffled(n)
    table.sort(t, function(a, b) return mark("c", a > b) end)
    for i = 2, #t do assert(t[i - 1] >= t[i]) end
    return t
  end)
end
case("sort by __lt", 5, function(mark)
  local mt = { __lt = function(a, b) return mark("lt", a.v < b.v) end }
  local t = {}
  for i, v in ipairs { 4, 2, 5, 1, 3 } do t[i] = setmetatable({ v = v }, mt) end
  table.sort(t)
  local out = {}
  for i, o in ipairs(t) do out[i] = o.v end
  return out
end)
case("sort through a proxy", 20, function(mark)
  local store = { 3, 1, 2, 5, 4 }
  table.sort(proxy(mark, store))
  return store
end)
case("sort through a proxy with a comparator", 10, function(mark)
  local store = { 3, 1, 2 }
  table.sort(proxy(mark, store), function(a, b) return mark("cmp", a > b) end)
  return store
end)
case("sort with a failing comparator", 3, function(mark)
  local n = 0
  return pcall(table.sort, { 4, 3, 2, 1 }, function(a, b)
    n = n + 1 mark("c" .. n)
    if n == 3 then error("E", 0) end
    return a < b
  end)
end)
case("sort within a comparator", 10, function(mark)
  local t = { { 3, 1, 2 }, { 6, 5, 4 }, { 9, 8, 7 } }
  table.sort(t, function(a, b)
    table.sort(a, function(x, y) return mark("inner", x < y) end)
    return mark("outer", a[1] > b[1])
  end)
  return t[1][1], t[2][1], t[3][1]
end)

case("concat", 4, function(mark)
  return table.concat(proxy(mark, { "a", 2, "c" }), ", ")
end)
case("concat with a range", 3, function(mark)
  return table.concat(proxy(mark, { "a", "b", "c", "d" }), "-", 2, 4)
end)
case("concat of an invalid value", 2, function(mark)
  return pcall(table.concat, proxy(mark, { "a", {} }))
end)
case("concat with an __index function only", 3, function(mark)
  return table.concat(setmetatable({ "raw" },
    { __index = function(_, i) return mark("get" .. i, "v" .. i) end }), " ", 1, 4)
end)
case("insert at the end", 2, function(mark)
  local store = { 1, 2 }
  table.insert(proxy(mark, store), "new")
  return store
end)
case("insert in the middle", 6, function(mark)
  local store = { "a", "b", "c" }
  table.insert(proxy(mark, store), 1, "new")
  return store
end)
case("insert out of bounds", 1, function(mark)
  return pcall(table.insert, proxy(mark, { 1 }), 5, "x")
end)
case("remove from the end and the front", 8, function(mark)
  local store = { "a", "b", "c", "d" }
  local p = proxy(mark, store)
  return table.remove(p), table.remove(p, 1), store
end)
case("remove from an empty table", 1, function(mark)
  return table.remove(proxy(mark, {})), pcall(table.remove, proxy(mark, {}), 7)
end)
case("move up, down and across", 16, function(mark)
  local a, b, c = { 1, 2, 3, 4 }, { 1, 2, 3, 4 }, {}
  table.move(proxy(mark, a), 1, 3, 2)
  table.move(proxy(mark, b), 2, 4, 1)
  table.move(proxy(mark, a), 1, 2, 1, proxy(mark, c))
  return a, b, c
end)
case("move with one side behind a proxy", 4, function(mark)
  local out = {}
  table.move(proxy(mark, { 7, 8 }), 1, 2, 1, out)
  table.move({ 5, 6 }, 1, 2, 3, proxy(mark, out))
  return out
end)
case("move with a failing access", 3, function(mark)
  local t = setmetatable({},
    { __index = function(_, k) mark("get" .. k) if k == 2 then error("E", 0) end return k end,
    __newindex = function(t, k, v) mark("set" .. k) rawset(t, k, v) end })
  return pcall(table.move, t, 1, 3, 11), rawget(t, 11)
end)
case("unpack", 4, function(mark)
  return table.unpack(proxy(mark, { "a", nil, "c" }, { len = true }), 1, 4)
end)
case("unpack by __len", 3, function(mark) return table.unpack(proxy(mark, { 10, 20 })) end)
case("unpack as arguments", 4, function(mark)
  local function count(...) return select("#", ...), (...) end
  return count(table.unpack(proxy(mark, { 1, 2, 3 })))
end)
case("next to raw functions", 2, function(mark)
  local p = proxy(mark, { 1, 2, 3 })
  return rawlen(p), #p, rawget(p, 1), p[1], select("#", table.pack(p[2], p[3]))
end)
case("__len that is not an integer", 1, function(mark)
  return pcall(table.concat, setmetatable({}, { __len = function() return mark("len", "x") end }))
end)
M.finish()
