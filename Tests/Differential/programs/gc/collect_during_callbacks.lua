-- Full collections inside callbacks of every kind do no harm.
local gc = collectgarbage
local t = {}
for i = 1, 20 do t[i] = {v = (i * 7) % 20} end
table.sort(t, function(a, b) gc() return a.v < b.v end)
local o = {}
for i, x in ipairs(t) do o[i] = x.v end
print(table.concat(o, " "))
print(("abcdef"):gsub(".", function(c) gc() return c .. c:upper() end))
local m = setmetatable({}, {__index = function(_, k) gc() return k .. "!" end,
  __newindex = function(t2, k, v) gc() rawset(t2, k, v) end,
  __add = function(a, b) gc() return {1, b} end, __concat = function(a, b) gc() return "cat" end,
  __call = function(_, ...) gc() return ... end, __tostring = function() gc() return "ts" end,
  __len = function() gc() return 3 end})
m.x = {5}
print(m.a, m.x[1], (m + 2)[2], m .. "z", m(1, {}, nil), tostring(m), #m, ("%s|%s"):format(m, m))
print(load((function()
  local p = {"return ", "{1, ", "2}"}
  local i = 0
  return function() gc() i = i + 1 return p[i] end
end)())()[2])
for k,
  v in (function() local n = 0 return function() gc() n = n + 1 if n <= 3 then return n, {n} end end end)() do
  io.write(v[1], " ")
end
print()
local co = coroutine.wrap(function(a) while true do gc() a = coroutine.yield({a}) end end)
print(co("x")[1], co("y")[1])
do local c <close> = setmetatable({}, {__close = function() gc() io.write("closed ") end}) end
print(pcall(function()
  local big = {}
  for i = 1, 100 do big[i] = {i} end
  gc() error(big[50][1], 0)
end))
print(select("#", table.unpack((function()
  local l = {}
  for i = 1, 100 do l[i] = {} end
  gc()
  return l
end)())))
print(xpcall(error, function(e) gc() return ({e .. "?"})[1] end, "msg"))
