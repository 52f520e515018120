-- Function forms: methods, dotted names, recursion, parameters, defaults.
local M = {sub = {deep = {}}}
function M.f(a) return "f" .. tostring(a) end
function M:g(a) return self == M, a end
function M.sub.h() return "h" end
function M.sub.deep:i() return self == M.sub.deep end
print(M.f(1), M:g(2), M.g(M, 3), M.sub.h(), M.sub.deep:i())
local function f(a, b, c) return a, b, c end
print(f()) print(f(1)) print(f(1, 2, 3, 4)) print((f(1, 2)))
print(f "string", f {1} ~= nil, f [[long]], (f)(9))
print(type(f {}), #f {1, 2}, ("x"):rep(2), #"abc", ({1, 2})[2], (function() return "iife" end)())
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(20))
local fact = function(self, n) return n <= 1 and 1 or n * self(self, n - 1) end
print(fact(fact, 10))
local function compose(...)
  local fs = {...}
  return function(x) for i = #fs, 1, -1 do x = fs[i](x) end return x end
end
print(compose(tostring, function(x) return x + 1 end, math.abs)(-5))
local function curry(g, n)
  n = n or 2
  if n <= 1 then return g end
  return function(a) return curry(function(...) return g(a, ...) end, n - 1) end
end
print(curry(function(a, b, c) return a .. b .. c end, 3)("x")("y")("z"))
function globalfn() return "global" end
print(globalfn(), _G.globalfn == globalfn, f == f, function() end == function() end)
local s = "chain"
print(s:upper():lower():rep(2):len(), s:sub(1, 1):byte())
do local function f() return "inner" end print(f()) end print(f("outer"))
print((function(a, ...) return a, select("#", ...) end)(1, nil, nil), select("#", f()), pcall(f, 1,
  2, 3))
