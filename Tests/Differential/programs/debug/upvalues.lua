-- getupvalue, setupvalue, upvalueid and upvaluejoin.
local a, b = 1, "two"
local function f() return a, b end
local function g() return b, a end
local function none() end
print(debug.getupvalue(f, 1))
print(debug.getupvalue(f, 2))
print(debug.getupvalue(f, 3))
print(debug.getupvalue(none, 1))
print(debug.getupvalue(f, 0))
print(debug.getupvalue(f, -1))
print(debug.setupvalue(f, 1, "changed"), a, debug.setupvalue(f, 9, 0), debug.setupvalue(none, 1, 0))
print(debug.upvalueid(f, 1) == debug.upvalueid(g, 2), debug.upvalueid(f, 1) == debug.upvalueid(f,
  2), type(debug.upvalueid(f, 1)), debug.upvalueid(f, 3))
local function counter() local n = 0 return function() n = n + 1 return n end end
local c1, c2 = counter(), counter()
c1() c1() print(c1(), c2())
debug.upvaluejoin(c2, 1, c1, 1)
print(c2(), c1(), debug.upvalueid(c1, 1) == debug.upvalueid(c2, 1))
local function envs() return x end
print(debug.getupvalue(envs, 1)== "_ENV", select(2, debug.getupvalue(envs, 1)) == _G)
debug.upvaluejoin(envs, 1, function() return a end, 1)
debug.setupvalue(envs, 1, {x = "from new env"}) print(envs(), type(a)) a = 1
print(pcall(debug.getupvalue, 1, 1))
print(pcall(debug.getupvalue, f))
print(pcall(debug.getupvalue))
print(pcall(debug.setupvalue, f, 1))
print(pcall(debug.setupvalue, f))
print(pcall(debug.upvalueid, f))
print(pcall(debug.upvalueid, 1, 1))
print(pcall(debug.upvaluejoin, f, 1, g))
print(pcall(debug.upvaluejoin, f, 9, g, 1))
print(pcall(debug.upvaluejoin, f, 1, g, 9))
print(pcall(debug.upvaluejoin, print, 1, g, 1))
print(pcall(debug.upvaluejoin, f, 1, print, 1))
local s = load(string.dump(load("local a, b = 1, 2 return function() return a, b end")()), "s")
print((debug.getupvalue(s, 1)), debug.getupvalue(s, 2))
print(debug.getupvalue(load("return x"), 1) == "_ENV")
local stripped = load(string.dump(f, true))
print((debug.getupvalue(stripped, 1)))
print(debug.setupvalue(stripped, 1, 5))
print(debug.getupvalue(string.gmatch("x", "x"), 1))
