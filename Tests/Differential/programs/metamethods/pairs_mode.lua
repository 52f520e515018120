-- __pairs, __metatable, __mode and __gc fields seen from scripts.
local p = setmetatable({}, {__pairs = function(t, x)
  return function(_, k) k = (k or 0) + 1 if k <= 3 then return k, k * 10 end end, t, nil, "fourth"
end})
for k, v in pairs(p) do io.write(k, "=", v, " ") end
print(select("#", pairs(p)), pairs(p) ~= next)
-- Where __pairs is nothing special, a function comes: its address is nobody's business.
local function show(...)
  local t = {...}
  for i = 1, select("#", ...) do
    local kind = type(t[i])
    t[i] = (kind == "function" or kind == "table") and kind or tostring(t[i])
  end
  print(table.concat(t, "\t"))
end
show(pcall(pairs, setmetatable({}, {__pairs = 5})))
show(pcall(pairs, setmetatable({}, {__pairs = function() error("in pairs", 0) end})))
show(select("#", pairs(setmetatable({}, {__pairs = function() end}))),
  pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4 end})))
for k, v in pairs(setmetatable({}, {__pairs = function() return next, {hidden = true} end})) do
  print(k, v)
end
local order = {}
local ordered = setmetatable({},
  {__newindex = function(t, k, v) order[#order + 1] = k rawset(t, k, v) end, __pairs = function(t)
  local i = 0
  return function() i = i + 1 local k = order[i] if k ~= nil then return k, t[k] end end, t, nil
end})
ordered.z = 1 ordered.a = 2 ordered.m = 3
-- Without __pairs the order is not the table's to choose.
if _VERSION ~= "Lua 5.1" then
  for k, v in pairs(ordered) do io.write(k, v, " ") end
  print()
end
local locked = setmetatable({}, {__metatable = {public = true}})
print(getmetatable(locked).public, pcall(setmetatable, locked, {}))
for i, v in ipairs(setmetatable({1, 2}, {__pairs = function() error("not by ipairs") end})) do
  io.write(i, v, " ")
end
print(next(setmetatable({}, {__pairs = function() error("not by next") end})))
local sorted = function(t)
  local ks = {}
  for k in pairs(t) do ks[#ks + 1] = k end
  table.sort(ks)
  local i = 0
  return function() i = i + 1 if ks[i] ~= nil then return ks[i], t[ks[i]] end end
end
for k, v in sorted {c = 3, a = 1, b = 2} do io.write(k, v, " ") end
print()
local proxy = setmetatable({}, {__pairs = function() return ipairs {"x", "y"} end})
for k, v in pairs(proxy) do io.write(k, v, " ") end
print()
local w = setmetatable({}, {__mode = "k"})
w[{}] = 1 w.str = 2 w[1] = 3 collectgarbage()
local n = 0
for _ in pairs(w) do n = n + 1 end
print(n, getmetatable(w).__mode)
local v = setmetatable({{}, "s", 1, true, a = {}}, {__mode = "v"})
collectgarbage() n = 0
for _ in pairs(v) do n = n + 1 end
print(n)
