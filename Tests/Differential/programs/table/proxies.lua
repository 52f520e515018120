-- Tables behind proxies with the library functions, read-only and counting.
local function readonly(t)
  return setmetatable({}, {__index = t, __newindex = function(_, k) error("read-only: " .. tostring(k), 2) end, __len = function() return #t end,
    __pairs = function() return next, t, nil end})
end
local r = readonly({10, 20, 30})
print(r[2], #r, pcall(function() r[1] = 5 end))
print(pcall(table.insert, r, 40))
print(pcall(table.sort, r, function(a, b) return a > b end))
print(table.concat(r, "+"), table.unpack(r))
for i, v in ipairs(r) do io.write(i, "=", v, " ") end
local sum = 0
for _, v in pairs(r) do sum = sum + v end
print(sum)
local gets, sets = 0, 0
local function counted(t)
  return setmetatable({}, {__index = function(_, k) gets = gets + 1 return t[k] end,
    __newindex = function(_, k, v) sets = sets + 1 t[k] = v end, __len = function() return #t end})
end
local c = counted({5, 4, 3, 2, 1})
print(table.concat(c, ","), gets, sets)
gets, sets = 0, 0
table.insert(c, 1, 6)
print(gets, sets, #c)
gets, sets = 0, 0
table.remove(c, 1)
print(gets, sets, #c)
table.sort(c)
print(table.concat(c, ","))
print(next(c), rawlen(c), rawget(c, 1))
-- default values and nested autovivification
local auto
auto = {__index = function(t, k) local v = setmetatable({}, auto) rawset(t, k, v) return v end}
local tree = setmetatable({}, auto)
tree.a.b.c = 1
print(tree.a.b.c, rawget(tree, "a") ~= nil, rawget(tree, "z"))
