-- The table arg of vararg functions, and when there is none.
local function f(...) return arg end
local t = f(1, nil, 3)
print(type(t), t.n, t[1], t[2], t[3])
local function g(...) local a = ... return type(arg), a end
print(g("first"))
local function h(...) return select("#", ...), arg end
print(h(1, 2) == 2, select(2, h(1)) == _G.arg)
local function sum(...) local s = 0 for i = 1, arg.n do s = s + arg[i] end return s end
print(sum(), sum(1), sum(1, 2, 3))
local function named(arg) return arg end
print(named("parameter"))
local function inner(...) return function() return arg.n end end
print(inner(1, 2, 3)())
print((function(...) arg = "assigned" return arg end)(1))
print(type(_G.arg), arg == _G.arg, arg[0] ~= nil)
local function both(...) local x = {...} return #x end
print(both(1, 2, 3), pcall(loadstring("local function k(...) return arg.n, ... end return k(1, 2)")))
