-- load with environments: the first upvalue of the chunk is its _ENV.
local env = {print = print}
local f = load("a = 1; print(a, b) return _ENV", "=chunk", "t", env)
print(f() == env, env.a, a)
print(debug.getupvalue(f, 1) == "_ENV", select(2, debug.getupvalue(f, 1)) == env)
local other = {print = print, b = "other"}
debug.setupvalue(f, 1, other)
print(f() == other, other.a)
local g = load("return x", "=g", "t", setmetatable({}, {__index = {x = "inherited"}}))
print(g())
print(pcall(load("return x", "=nil env", "t", nil)))
print(pcall(load("return print", "=number env", "t", 5)))
local parts = {"x = ", "10 ", "return x"}
local i = 0
local h = load(function() i = i + 1 return parts[i] end, "=parts", "t", env)
print(h(), env.x, rawget(_G, "x"))
local dumped = string.dump(function() return y end)
print(load(dumped, "=dumped", "b", {y = "from the environment"})())
print(load("return 1", "=text", "b"))
print(load(dumped, "=binary", "t"))
local name, value = debug.getupvalue(load(dumped), 1)
print(name, value == _G)
