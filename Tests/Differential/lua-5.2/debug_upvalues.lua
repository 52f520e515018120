-- debug.upvalueid, upvaluejoin, getupvalue and setupvalue.
local a, b = 1, 2
local function f() return a, b end
local function g() return b, a end
print(debug.getupvalue(f, 1)) print(debug.getupvalue(f, 2)) print(debug.getupvalue(f, 3))
print(debug.upvalueid(f, 1) == debug.upvalueid(g, 2), debug.upvalueid(f, 1) == debug.upvalueid(f, 2))
print(debug.setupvalue(f, 1, 10), f()) print(g())
debug.upvaluejoin(f, 1, g, 1)
print(f()) b = 20 print(f())
local function counter() local n = 0 return function() n = n + 1 return n end end
local c1, c2 = counter(), counter()
c1() c1()
debug.upvaluejoin(c2, 1, c1, 1)
print(c2(), c1(), c2())
local function e(...) print((select(2, pcall(...)))) end
e(function() debug.upvalueid(f, 5) end) e(function() debug.upvaluejoin(f, 9, g, 1) end)
e(function() debug.upvaluejoin(print, 1, g, 1) end) e(function() debug.setupvalue(f, 1) end)
print(debug.getupvalue(string.gmatch("x", "x"), 1), debug.getupvalue(print, 1))
print(debug.getupvalue(load "return x", 1) == "_ENV", debug.setupvalue(f, 7, 1))
print(debug.getuservalue(1), debug.getuservalue {})
