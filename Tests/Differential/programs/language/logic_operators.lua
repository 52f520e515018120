-- and, or, not: values, short circuits, precedence, in conditions and assignments.
local log = {}
local function v(x, n) log[#log + 1] = n return x end
print(nil and 1, false and 1, 1 and 2, 1 and nil, nil or 1, false or nil, nil or false, 1 or 2,
  not nil, not 0, not "", not not 1)
print(nil and error() or "kept", 1 and 2 or 3, nil and 2 or 3, false == nil, 1 and false or "x")
print(v(false, 1) and v(1, 2), v(true, 3) or v(1, 4), v(nil, 5) or v(6, 6), v(1, 7) and v(2, 8) and
  v(nil, 9) and v(1, 10))
print(table.concat(log, " "))
print(1 < 2 and 2 < 3, 1 < 2 == true, not 1 == 2, not (1 == 2), 1 + 1 == 2 and "math", "a" < "b" and
  "b" < "c" or false)
local a, b, c
a = a or {} b = b and b.x c = a == nil or b == nil and 5
print(type(a), b, c)
local function default(x, d) if x == nil then return d end return x end
print(default(false, 1), default(nil, 1), false or 1)
local x = 5
local r = x > 3 and x < 10 and "in" or "out"
print(r, x > 7 and "big" or x > 4 and "middle" or "small")
print((nil and 1) == nil, (false or nil) == nil, (1 and nil) == nil, #{nil or 1, false or 2,
  1 and 3})
local t = {}
t.x = t.x and t.x + 1 or 1 t.x = t.x and t.x + 1 or 1
print(t.x)
local function f(...) return ... end
print(f(1, 2) and f(3, 4), f() or f(5, 6), (f(nil) or "d"), not f(), f(1, 2) or 9)
while not (x <= 0 or log.never) do x = x - 1 end
print(x)
if nil then elseif false then elseif 0 then print("zero is true") end
print(1 == 1 ~= false, "x" and "" and 0 and "end", nil ~= false, not nil == true,
  not (nil and true) and "n")
