-- All shapes of calls: strings, tables, methods, chains, parentheses and results as functions.
local function f(...) return select("#", ...), ... end
print(f"a", f[[b]], f{} ~= nil, f'c')
print((f{1, 2}))
print(type(f) == "function" and f() or 0)
local o = {n = 1}
function o:m(x) self.n = self.n + (x or 1) return self end
function o.s(...) return ... end
print(o:m():m(5):m().n, o.s(1, nil), o["s"](2), (o).s(3))
print(pcall(function() return o:m{} end))
print(o:m"10".n)
local function adder(x) return function(y) return function(z) return x + y + z end end end
print(adder(1)(2)(3), adder"1""2""3")
local t = {f = {g = {h = function(...) return "h", ... end}}}
print(t.f.g.h(1), t["f"]["g"].h"x", (t.f).g.h())
print(#("abc"):rep(2))
