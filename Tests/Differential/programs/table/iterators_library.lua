-- take, drop, chain, cycle, windowed and zip over stateless and stateful iterators.
local function iter(t) local i = 0 return function() i = i + 1 return t[i] end end
local function take(n, f) return function() n = n - 1 if n >= 0 then return f() end end end
local function drop(n, f) return function() while n > 0 do n = n - 1 f() end return f() end end
local function chain(...)
  local fs, i = {...}, 1
  return function() while fs[i] do local v = fs[i]() if v ~= nil then return v end i = i + 1 end end
end
local function cycle(t) local i = 0 return function() i = i % #t + 1 return t[i] end end
local function windowed(n, f)
  local buf = {}
  return function()
    while #buf < n do local v = f() if v == nil then return nil end buf[#buf + 1] = v end
    local r = table.concat(buf, "")
    table.remove(buf, 1)
    return r
  end
end
local function list(f)
  local o = {}
  for v in f do o[#o + 1] = tostring(v) end
  return table.concat(o, " ")
end
print(list(take(3, iter {1, 2, 3, 4})), list(drop(2, iter {1, 2, 3, 4})),
  list(chain(iter {1}, iter {}, iter {2, 3})), list(take(7, cycle {"a", "b", "c"})),
  list(windowed(2, iter {1, 2, 3, 4})), list(windowed(9, iter {1})))
local function range(a, b, s)
  return function(st, c)
    c = c + s
    if s > 0 and c <= b or s < 0 and c >= b then return c end
  end, nil, a - s
end
for i in range(1, 7, 3) do io.write(i, " ") end
for i in range(3, 1, -1) do io.write(i, " ") end
print()
local function enumerate(f)
  local n = 0
  return function() local v = f() if v ~= nil then n = n + 1 return n, v end end
end
for i, v in enumerate(iter {"x", "y"}) do io.write(i, v, " ") end
print()
local function scan(f, acc, it)
  return function() local v = it() if v ~= nil then acc = f(acc, v) return acc end end
end
print(list(scan(function(a, b) return a * b end, 1, iter {1, 2, 3, 4, 5})))
