-- __call: arguments, chains, as methods, in pcall, with varargs and tail calls.
local C = setmetatable({n = 0}, {__call = function(self, ...)
  self.n = self.n + 1
  return self.n, select("#", ...), ...
end})
print(C())
print(C(nil))
print(C(1, nil, 3))
print((C("x")))
print(pcall(C, "via pcall"))
print(select("#", C(table.unpack({}, 1, 100))))
local t = {m = C}
print(t:m() == 7, (t.m(t)))
print(C "string", C {1} == 10)
local function tail(...) return C(...) end
print(tail("t"))
local inner = setmetatable({}, {__call = function(self, outer, x) return "inner", x end})
local outer = setmetatable({}, {__call = inner})
print(outer("arg"))
local deep = function(x) return "function", type(x) end
for i = 1, 5 do deep = setmetatable({}, {__call = deep}) end
print(pcall(deep, "end") == true, select("#", deep("end")), (deep("end")))
print(pcall(setmetatable({}, {__call = 5})))
print(pcall(setmetatable({}, {__call = "x"})))
print(pcall(setmetatable({}, {})))
local Point = setmetatable({}, {__call = function(cls, x, y)
  return setmetatable({x = x, y = y}, cls)
end})
Point.__index = Point
Point.__add = function(a, b) return Point(a.x + b.x, a.y + b.y) end
Point.__tostring = function(p) return "(" .. p.x .. ", " .. p.y .. ")" end
Point.__eq = function(a, b) return a.x == b.x and a.y == b.y end
print(tostring(Point(1, 2) + Point(3, 4)), Point(1, 1) == Point(1, 1), Point(1, 1) ~= Point(2, 1))
local memo = setmetatable({}, {__call = function(self, n)
  if n < 2 then return n end
  if not self[n] then self[n] = self(n - 1) + self(n - 2) end
  return self[n]
end})
print(memo(60))
local curried = setmetatable({}, {__call = function(self, x)
  return function(y) return x + y end
end})
print(curried(3)(4))
print(table.concat({C()}, ","), #{C(1, 2)})
print(coroutine.wrap(function() return C("in co") end)())
local comparer = setmetatable({}, {__call = function(_, a, b) return a > b end})
print(pcall(table.sort, {1, 2, 3}, comparer))
for k in setmetatable({}, {__call = function(_, s, c) if not c then return "iterated" end end}) do
  print(k)
end
print(("x"):gsub("x", function() return (C()) end))
print(pcall(string.gsub, "x", "x", C))
