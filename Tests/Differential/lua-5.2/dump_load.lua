-- string.dump and binary chunks.
local function f(a, b) return a + b, "constant", {1, 2}, nil end
local s = string.dump(f)
local g = load(s, "=dumped", "b")
print(type(s), (g(1, 2))) print(select("#", g(1, 2)))
local up = 5
local h = load(string.dump(function() return up end))
print(debug.setupvalue(h, 1, "set") ~= nil, h())
print(pcall(string.dump, print)) print(load(s, "=b", "t")) print(load("return 1", "=t", "b"))
print(pcall(load(string.dump(function() error("inside") end), "=ignored")))
local fact = load(string.dump(load("local function f(n) if n < 2 then return 1 end return n * f(n - 1) end return f(...)")))
print(fact(10))
local co = coroutine.wrap(load(string.dump(function(...) for i = 1, select("#", ...) do coroutine.yield((select(i, ...))) end end)))
print(co("a", "b"), co())
