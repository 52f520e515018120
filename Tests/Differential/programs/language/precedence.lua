-- Operator precedence and associativity.
print(2 + 3 * 4, (2 + 3) * 4, 2 * 3 % 4, 2 ^ 3 ^ 2, (2 ^ 3) ^ 2, -2 ^ 2, (-2) ^ 2, 2 ^ -1, -2 ^ -2,
  10 - 3 - 2, 100 / 10 / 5, 7 // 2 * 2, 2 * 7 // 2)
print("a" .. "b" == "ab", 1 .. 2 + 3, "x" .. 2 * 3 .. "y", 1 + 2 .. "", -1 .. "", not 1 == nil,
  not nil == not nil, #"abc" + 1, -#"abc", #"abc" .. "d", - - 2, not not nil)
print(1 << 2 + 1, 1 + 1 << 2, 5 & 3 | 8, 1 | 2 & 3, 6 ~ 2 & 3, ~1 & 3, 1 << 2 << 3, 256 >> 2 >> 1,
  (3 & 2) == 2)
print(1 < 2 and 3 > 2 or false, 1 + 1 < 3 == true, "a" < "b" == true, 1 or 2 and 3, (1 or 2) and 3,
  nil and 1 or 2, false == false == true, 1 ~= 2 == true)
print(2 ^ 0.5 == math.sqrt(2), -3 % 5, -(3 % 5), 5 % -3, -5 // 2, -(5 // 2), 2 ^ 2 * 3, 3 * 2 ^ 2,
  -2 * -3, 2 - -2, 8 // 3 % 2, 1 / 2 * 4)
local mt = {}
for _, op in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat" } do
  mt["__" .. op] = function(a, b)
    local function s(x) return type(x) == "table" and x[1] or tostring(x) end
    return setmetatable({"(" .. s(a) .. " " .. op .. " " .. s(b) .. ")"}, mt)
  end
end
mt.__unm = function(a) return setmetatable({"unm" .. a[1]}, mt) end
mt.__bnot = function(a) return setmetatable({"bnot" .. a[1]}, mt) end
mt.__len = function(a) return setmetatable({"len" .. a[1]}, mt) end
local a, b, c, d = setmetatable({"a"}, mt), setmetatable({"b"}, mt), setmetatable({"c"}, mt),
  setmetatable({"d"}, mt)
for _, e in ipairs { a + b * c - d, a ^ b ^ c, a .. b .. c, a - b - c, a << b + c .. d,
  a | b ~ c & d, -a ^ b, -a * b, ~a + b, #a .. b, a // b % c / d, a .. b + c << d, -#~a, a ^ -b,
  a & b << c, a + 1 .. 2 ^ b } do
  print(e[1])
end
