-- pairs covers arrays in order first and every key once.
local t = {10, 20, 30, nil, 50}
local o = {}
for k, v in pairs(t) do o[#o + 1] = k .. "=" .. v end
table.sort(o)
print(table.concat(o, " "))
local a = {}
for i = 1, 20 do a[i] = i end
local prev, ok = 0, true
for k in pairs(a) do ok = ok and k == prev + 1 prev = k end
print(ok, prev)
local m = {}
for i = 1, 100 do m["k" .. i] = i end
local n, s = 0, 0
for k, v in pairs(m) do n, s = n + 1, s + v end
print(n, s)
for k in pairs(m) do m[k] = nil end
print(next(m))
local mixed = {1, 2, 3, x = 1, y = 2, [1.5] = 3, [true] = 4, [-1] = 5}
n = 0
local kinds = {}
for k in pairs(mixed) do n = n + 1 kinds[type(k)] = (kinds[type(k)] or 0) + 1 end
print(n, kinds.number, kinds.string, kinds.boolean)
local keys = {}
for k in pairs({b = 1, a = 2, c = 3}) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys))
local copy = {}
for k, v in pairs(mixed) do copy[k] = v end
for k, v in pairs(copy) do assert(mixed[k] == v) end
print(copy[1.5], copy[true], #copy)
local k, v = nil, nil
local count = 0
repeat k, v = next(mixed, k) if k ~= nil then count = count + 1 end until k == nil
print(count)
for i, x in pairs({}) do error("never") end
print(pcall(function() for k in pairs(nil) do end end))
print(rawlen(mixed), select("#", next({})))
local nested = {a = {b = {c = 1}}}
local function leafs(x, p)
  for k, w in pairs(x) do
    if type(w) == "table" then leafs(w, p .. k .. ".") else print(p .. k, w) end
  end
end
leafs(nested, "")
