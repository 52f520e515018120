-- Multiple assignment: everything on the right first, then the targets.
local a, b, c = 1, 2
print(a, b, c)
a, b = b, a
print(a, b)
local t = {1, 2, 3}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
local function mr() return "x", "y", "z" end
local p, q, r, s = mr()
print(p, q, r, s)
p, q, r, s = mr(), "only first"
print(p, q, r, s)
p, q, r = (mr())
print(p, q, r)
p, q = 1, 2, 3, mr()
print(p, q)
-- the table of a target is fixed before assignment
local x = {}
local y = x
x, x.field = "replaced", "kept"
print(x, y.field)
local k = {k = {}}
k.k, k.k.v = 5, 6
print(k.k)
local log = {}
local proxy = setmetatable({}, {__newindex = function(_, key, val)
  log[#log + 1] = key .. "=" .. tostring(val)
end})
proxy.a, proxy.b, proxy.c = 1, 2
table.sort(log)
print(table.concat(log, " "))
local function order(n) log[#log + 1] = n return n end
log = {}
local T = {}
T[order(1)], T[order(2)] = order(3), order(4)
print(table.concat(log, " "), T[1], T[2])
do local a <const>, b <close> = 1, nil print(a, b) end
a, b, c = nil
print(a, b, c)
