-- Many short-lived strings and tables leave equal results and bounded memory.
local h = 0
for i = 1, 20000 do
  local s = "k" .. i % 100 .. "v" .. i
  h = (h * 31 + #s + s:byte(-1)) % 1000003
end
print(h)
collectgarbage()
local before = collectgarbage("count")
for r = 1, 5 do
  local t = {}
  for i = 1, 5000 do t[i] = ("x"):rep(i % 20) .. i end
  t = nil collectgarbage()
end
print(collectgarbage("count") < before + 500)
local parts = {}
for i = 1, 1000 do
  parts[#parts + 1] = tostring(i)
  if #parts > 50 then parts = {table.concat(parts, "")} end
end
print(#table.concat(parts))
local m = {}
for i = 1, 2000 do m["key" .. i] = {i} end
for i = 1, 2000, 2 do m["key" .. i] = nil end
collectgarbage()
local n, s = 0, 0
for k, v in pairs(m) do n, s = n + 1, s + v[1] end
print(n, s)
local big = ("0123456789"):rep(10000)
local pieces = {}
for i = 1, #big, 1000 do pieces[#pieces + 1] = big:sub(i, i + 999) end
collectgarbage()
print(table.concat(pieces) == big, #pieces)
local prev
for i = 1, 1000 do prev = {prev = i % 100 ~= 0 and prev or nil, data = ("d"):rep(10)} end
local len = 0
while prev do len = len + 1 prev = prev.prev end
print(len)
local interned = {}
for i = 1, 100 do interned["s" .. i % 10] = (interned["s" .. i % 10] or 0) + 1 end
print(interned.s0, interned.s9)
