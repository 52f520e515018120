-- Proper tail calls run in constant space, also through pcall-free chains and methods.
local function loop(n, acc) if n == 0 then return acc end return loop(n - 1, acc + n) end
print(loop(100000, 0))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(50001), odd(50001))
local obj = {n = 0}
function obj:count(k)
  if k == 0 then return self.n end
  self.n = self.n + 1
  return self:count(k - 1)
end
print(obj:count(50000))
local callable = setmetatable({}, {})
getmetatable(callable).__call = function(self, n)
  if n == 0 then return "called" end
  return self(n - 1)
end
print(callable(20000))
local function va(n, ...)
  if n == 0 then return select("#", ...), ... end
  return va(n - 1, n, ...)
end
print((va(100)))
local function multi(n, ...) if n == 0 then return ... end return multi(n - 1, ...) end
print(multi(10000, 1, nil, 3))
-- not tail calls: parentheses, added operations, several values
local depth = 0
local function nottail(n) if n == 0 then return 0 end return (nottail(n - 1)) end
print(nottail(100))
local function plus(n) if n == 0 then return 0 end return 1 + plus(n - 1) end
print(plus(1000))
-- continuation passing
local function fact(n, k)
  if n == 0 then return k(1) end
  return fact(n - 1, function(r) return k(n * r) end)
end
print(fact(15, function(r) return r end))
-- a native tail-called function
local function nat(x) return tostring(x) end
print(nat(12), (function(...) return select("#", ...) end)(nat(1), nat(2)))
print(select(2, pcall(function() local function f() return error("from tail", 2) end f() end)))
