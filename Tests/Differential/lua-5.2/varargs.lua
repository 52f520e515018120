-- Variable arguments: adjusting, selecting, packing and passing on.
local function f(...) return ... end
print((f(1, 2, 3)), f(1, nil, nil), select("#", f(nil, nil)))
local t = {f(1, 2), f(3, 4)} print(#t, t[1], t[2], t[3])
local function g(a, ...) local b, c = ... return a, b, c, select("#", ...) end
print(g()) print(g(1)) print(g(1, 2, 3, 4))
print(select(-1, 1, 2, 3), select(-2, 1, 2, 3), select(2, "a", "b", "c"))
print(pcall(function() return select(0) end)) print(pcall(select, -5, 1) == false)
local function sum(...) local s = 0 for i = 1, select("#", ...) do s = s + (select(i, ...) or 0) end return s end
print(sum(1, 2, 3), sum(), sum(nil, 5))
local function args(...) local p = table.pack(...) return function() return table.unpack(p, 1, p.n) end end
print(args(1, nil, 3, nil)())
print((function(...) return arg end)(1, 2) == arg, #{...}, math.max(f(3, 9, 4)))
print(string.format("%s %s", f("a", "b")), #{f(1, 2, 3), nil}, (select("#", table.unpack({}, 1, 250))))
local function rec(n, ...) if n == 0 then return ... end return rec(n - 1, n, ...) end
print(rec(5)) print(select("#", rec(200)))
print(pcall(function() return table.unpack({}, 1, 1e7) end))
