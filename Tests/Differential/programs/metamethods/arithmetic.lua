-- Every arithmetic event: which operand's handler runs, with which arguments.
local function handler(n)
  return function(a, b)
    return n .. "(" .. (type(a) == "table" and a.n or tostring(a)) .. "," .. (type(b) == "table" and
      b.n or tostring(b)) .. ")"
  end
end
local L, R = {}, {}
for _, e in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl",
  "shr", "concat", "unm", "bnot" } do
  L["__" .. e] = handler("L" .. e) R["__" .. e] = handler("R" .. e)
end
local a, b, p = setmetatable({n = "a"}, L), setmetatable({n = "b"}, R), {n = "p"}
print(a + b, b + a, a + 1, 1 + a, a + p, p + b)
print(a - b, b - 2, 2 - b)
print(a * b, 3 * b)
print(a / b, b / 1)
print(a % b, 7 % a)
print(a ^ b, 2 ^ b)
print(a // b, 1 // a)
print(a & b, 1 & b, b & 1)
print(a | b, 1 | a)
print(a ~ b, 1 ~ b)
print(a << b, 1 << b)
print(a >> b, b >> 1)
print(a .. b, a .. "s", "s" .. a, 1 .. b, b .. 2)
print(-a, -b, ~a, ~b)
print(a + "x", "x" + a, a + nil == nil, a + true, a .. true == nil)
print(pcall(function() return p + 1 end))
print(pcall(function() return p .. "" end))
print(pcall(function() return -p end))
print(pcall(function() return ~p end))
print(pcall(function() return p & 1 end))
local none = setmetatable({n = "none"}, {__add = false})
print(pcall(function() return none + 1 end))
print(pcall(function() return none + a end))
local num = setmetatable({}, {__add = function() return end, __sub = function() return 1, 2 end})
print(num + 1, num - 1, (num + 1) == nil)
print(1.5 & a, a | 1.5, 2^70 ~ a, "abc" & a, a << "1")
local callable = setmetatable({}, {__add = setmetatable({}, {__call = function(self, x, y)
  return "called " .. type(x) .. " " .. tostring(y)
end})})
print(callable + 5)
a = a + 1 print(a)
