-- Expressions over constants give what the same over variables gives.
local function v(x) return x end
local pairs_ = {
  {1 + 2, v(1) + v(2)}, {7 // 0.0, v(7) // v(0.0)}, {-7 // 2, v(-7) // v(2)}, {-7 % 3,
    v(-7) % v(3)}, {7 % -3, v(7) % v(-3)}, {2 ^ 10, v(2) ^ v(10)}, {1 / 0, v(1) / v(0)}, {-1 / 0,
    v(-1) / v(0)},
  {5 & 3, v(5) & v(3)}, {1 << 63, v(1) << v(63)}, {1 << 64, v(1) << v(64)}, {-1 >> 1,
    v(-1) >> v(1)}, {~5, ~v(5)}, {-(-5), -v(-5)}, {not nil, not v(nil)}, {#"abc", #v("abc")},
    {"a" .. "b", v("a") .. v("b")},
  {9223372036854775807 + 1, v(9223372036854775807) + v(1)}, {-9223372036854775808,
    -v(9223372036854775808)}, {1.5 + 1.5, v(1.5) + v(1.5)}, {3 | 0.0 == 0 and 1 or 3, 3}, {0.0 * -1,
    v(0.0) * v(-1)}, {-0.0, -v(0.0)}, {0 * -1, v(0) * v(-1)},
  {1 == 1.0, v(1) == v(1.0)}, {"1" == 1, v("1") == v(1)}, {1 < 2, v(1) < v(2)}, {"a" < "b",
    v("a") < v("b")}, {1e308 * 10, v(1e308) * v(10)}, {2^53 + 1, v(2^53) + v(1)}, {5 // 1 | 0,
    v(5) // v(1) | v(0)},
}
for i, p in ipairs(pairs_) do
  assert(p[1] == p[2] and math.type(p[1]) == math.type(p[2]) and tostring(p[1]) == tostring(p[2]),
    i)
  io.write(tostring(p[1]), " ")
end
print()
print(1 / -0.0, 1 / (0.0 * -1), 1 / (-0.0 + 0.0), 0.0, -0.0, 1 / (0 * -1 + 0.0))
print(pcall(load("return 1 // 0")))
print(pcall(load("return 1 % 0")))
print(pcall(load("return 1 & 1.5")))
print(pcall(load("return 'a' + 1")))
print(pcall(load("return -{}")))
print(pcall(load("return 1 < 'x'")))
print(pcall(load("return 2^63 | 0")))
print(pcall(load("local x = 1 // 0")))
print(load("return 0/0")() ~= load("return 0/0")())
if false then error("dead") elseif nil then error("dead") else print("folded branches") end
while false do error("dead") end
if 1 == 1 and not false then print("live") end
local c <const> = 5
print(c + 1, c * c, -c, c .. c, c // 2, c / 2, c == 5, c < 3, c & 4, c << 1, ~c)
