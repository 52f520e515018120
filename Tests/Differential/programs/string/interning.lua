-- Equal texts are one key however they were made.
local t = {}
t["abc"] = 1
t[("a") .. "bc"] = 2
t[("abcd"):sub(1, 3)] = t[table.concat { "a", "b", "c" }] + 1
print(t.abc, next(t, "abc"))
local long = ("0123456789"):rep(10)
t = {}
t[long] = "first"
t[("0123456789"):rep(5) .. ("0123456789"):rep(5)] = "second"
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n, t[long])
t = {}
for i = 1, 1000 do t["k" .. i] = i end
local sum = 0
for i = 1, 1000 do sum = sum + t[("k%d"):format(i)] end
print(sum)
for i = 1, 1000, 2 do t["k" .. i] = nil end
sum = 0
for k, v in pairs(t) do sum = sum + v end
print(sum, t.k1, t.k2, t["k1000"], t.k999)
print(#("x"):rep(40) == 40, ("x"):rep(40) == ("xx"):rep(20), ("x"):rep(41) == ("x"):rep(40) .. "x",
  ("x"):rep(39) < ("x"):rep(40))
print(rawequal(("y"):rep(100), ("yy"):rep(50)), "a\0" == "a", ("a\0"):len())
print(tostring(12) == "12", 12 .. "" == "12", tostring(0.1) == "0.1", string.format("%d", 7) == "7")
