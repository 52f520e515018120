-- next walks all keys once; fields may be cleared during the walk.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local t = {}
for i = 1, 20 do t[i] = i * i end
for i = 1, 20 do t["k" .. i] = -i end
local sum, n = 0, 0
for k, v in next, t do sum = sum + v; n = n + 1 end
print(sum, n)
for k in pairs(t) do t[k] = nil end
print(next(t))
for i = 1, 20 do t[i] = i end
for k, v in pairs(t) do if v % 2 == 0 then t[k] = nil else t[k] = v * 10 end end
local keys = {}
for k, v in pairs(t) do keys[#keys + 1] = k .. "=" .. v end
table.sort(keys)
print(table.concat(keys, " "))
print(pcall(next, {}, "nokey"))
print(pcall(next, {1, 2}, 3))
print(pcall(next))
print(pcall(next, 1))
print(next({}, nil), next({}))
print(next({5}))
print(next({5}, 1))
print(pcall(pairs))
print(select("#", pairs({})), (pcall(pairs, nil)))
local f, s, c = pairs({})
print(f == next, type(s), c)
-- __pairs gives three values, extra ones are dropped
local p = setmetatable({}, {__pairs = function(self) return function(_, k)
  k = (k or 0) + 1
  if k <= 3 then return k, k * k end
end, self, nil, "extra" end})
print(select("#", pairs(p)))
for k, v in pairs(p) do io.write(k, ":", v, " ") end
print()
print(next({[1.0] = "x"}), math.type((next({[1.0] = "x"}))))
