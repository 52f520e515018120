-- Equality: identity first, then __eq of the first operand, then of the second.
local log = {}
local function mt(n, r)
  return {__eq = function(a, b) log[#log + 1] = n .. (a.n or "?") .. (b.n or "?") return r end}
end
local t1, t2 = mt("A", true), mt("B", false)
local a, b, c = setmetatable({n = "a"}, t1), setmetatable({n = "b"}, t2), setmetatable({n = "c"},
  t1)
local p = {n = "p"}
print(a == a, a == b, b == a, a == c, a == p, p == a, p == b, p == {n = "p"}, a ~= b, b ~= a)
print(table.concat(log, " "))
log = {}
print(a == 1, a == nil, a == "a", 1 == a, nil == a, a == print, a == true)
print(#log)
print(rawequal(a, c), rawequal(a, a), #{a == c or nil})
local u = {[a] = 1}
print(u[c], u[a])
local function find(list, x) for i, v in ipairs(list) do if v == x then return i end end end
print(find({p, b, c}, a))
local nilret = setmetatable({}, {__eq = function() return nil end})
print(nilret == setmetatable({}, {__eq = function() return 1 end}), nilret ~= a)
local err = setmetatable({}, {__eq = function() error("eq failed", 0) end})
print(pcall(function() return err == a end), err == err, err == 1)
local deep = {}
deep.__eq = function(x, y)
  for k, v in pairs(x) do if v ~= y[k] then return false end end
  return true
end
local function D(t) return setmetatable(t, deep) end
print(D {x = D {1, 2}} == D {x = D {1, 2}}, D {1} == D {2}, D {} == D {})
if a == c then io.write("branch ") end
while a ~= c do error("never") end
print(not (a == c), a == c and "and", a ~= c or "or")
local s1, s2 = "same", "sa" .. "me"
print(s1 == s2, 1 == 1.0, "1" == 1, 2^53 == 2^53 + 1, print == print,
  function() end == function() end)
