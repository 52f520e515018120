-- Assigning to existing fields and clearing during traversal.
local t = {}
for i = 1, 50 do t[i] = i t["k" .. i] = i end
local n = 0
for k, v in pairs(t) do t[k] = v + 1 n = n + 1 end
print(n, t[1], t.k50)
n = 0
for k, v in pairs(t) do if type(k) == "string" then t[k] = nil end n = n + 1 end
print(n, t.k1, #t)
for k in pairs(t) do t[k] = nil end
print(next(t), #t)
for i = 1, 10 do t[i] = i end
for i, v in ipairs(t) do if v == 5 then t[6] = nil end end
print(#t == 10 or #t == 5)
local seen = {}
t = {a = 1, b = 2, c = 3}
for k in next, t do seen[#seen + 1] = k t[k] = nil end
table.sort(seen)
print(table.concat(seen), next(t))
t = {1, 2, 3}
local out = {}
for i, v in ipairs(t) do out[#out + 1] = v if i < 6 then t[#t + 1] = v * 10 end end
print(table.concat(out, ","))
t = {10, 20, 30}
for i = #t, 1, -1 do if t[i] == 20 then table.remove(t, i) end end
print(table.concat(t, ","))
local k, v = next({5})
print(k, v, next({5}, k))
print(pcall(next, {a = 1}, "b"))
local w = {}
for i = 1, 100 do w[i] = i end
local c = 0
for k, v in pairs(w) do if v % 2 == 0 then w[k] = nil else c = c + 1 end end
print(c, w[2], w[99])
local m = {}
for i = 1, 10 do m[i] = {v = i} end
for _, o in pairs(m) do o.v = o.v * 2 end
local s = 0
for _, o in ipairs(m) do s = s + o.v end
print(s)
for k, v in pairs({}) do print("never") end
for k, v in pairs({nil, nil, 3}) do print(k, v) end
for i, v in ipairs({nil, 2}) do print("never") end
