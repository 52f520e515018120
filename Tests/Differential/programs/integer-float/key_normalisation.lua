-- Float keys with an integer value meet integer keys in every way of access.
local t = {}
for i = 1, 5 do t[i * 1.0] = i end
print(#t, t[3], rawget(t, 3.0), next({[2.0] = true}), math.type((next({[2.0] = true}))))
t[2^53] = "big" print(t[9007199254740992], t[2^53 + 1])
t[-0.0] = "zero" print(t[0], t[0.0]) t[1e15] = "e15" print(t[1000000000000000])
local c = {[1] = "int", [1.5] = "float", ["1"] = "string", [-1.0] = "neg"}
print(c[1.0], c[3 / 2], c["1"], c[-1])
local i = 3.0
print(({10, 20, 30})[i], (" "):rep(i) .. "|", ("abc"):sub(i), select(i, "a", "b", "c"))
t = {10, 20, 30} t[i] = nil
print(#t)
t[2.0 + 1] = "back"
print(#t, t[3])
for k, v in pairs({[1.0] = "a", [2.5] = "b", [3e0] = "c"}) do
  assert(math.type(k) == (v == "b" and "float" or "integer"))
end
print(table.concat({1.0, 2, 3.5}, " "), table.unpack({1, 2, 3}, 1.0, 2.0))
table.insert(t, 1.0, "first")
print(t[1], #t, table.remove(t, 1.0))
print(pcall(table.insert, t, 1.5, "x"))
print(pcall(rawset, t, 0/0, 1))
local m = setmetatable({}, {__index = function(_, k) return math.type(k) end,
  __newindex = function(_, k) io.write("set ", math.type(k), " ") end})
print(m[1.0], m[1], m[1.5])
m[2.0] = 1 m[2.5] = 1
print()
