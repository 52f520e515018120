-- exp, log, trigonometry: exact points and rounded others, with errors.
local function r(...)
  local o = {}
  for i, v in ipairs({...}) do o[i] = ("%.10g"):format(v) end
  print(table.concat(o, " "))
end
r(math.exp(0), math.exp(1), math.exp(-1), math.exp("2"), math.exp(710), math.exp(-1000))
r(math.log(1), math.log(10), math.log(8, 2), math.log(1000, 10), math.log(27, 3), math.log(2, 4),
  math.log(0), math.log(100, 10.0), math.log(0.5, 2), math.log(1024, 2), math.log("100", "10"))
r(math.sin(0), math.sin(math.pi / 2), math.sin(1), math.cos(0), math.cos(math.pi), math.cos(1),
  math.tan(0), math.tan(1), math.tan(math.pi / 4))
r(math.asin(0), math.asin(1), math.acos(1), math.acos(0), math.atan(1), math.atan(1, 1),
  math.atan(1, -1), math.atan(-1, -1), math.atan(0, -1), math.atan(-1 / math.huge, -1), math.atan(5, 0),
  math.atan(0, 1), math.atan(math.huge))
r(math.deg(math.pi), math.deg(1), math.rad(180), math.rad(90), math.rad("45"), math.deg(0),
  math.sqrt(2), 2^0.5, 10^-2, (-2)^3, 2^-1074, 0^0, (-8)^(1/3) ~= (-8)^(1/3) and 1 or 0)
print(math.exp(0), math.log(1), math.sin(0), math.cos(0), math.log(8, 2), math.log(100, 10),
  math.sqrt(4), math.atan(0))
for _, f in ipairs { "exp", "log", "sin", "cos", "tan", "asin", "acos" } do
  print(pcall(math[f])) print(pcall(math[f], "z")) print(pcall(math[f], nil))
end
print(pcall(math.log, 1, "b"))
print(pcall(function() return math.atan("z") end))
print(pcall(function() return math.atan(1, {}) end))
print(pcall(math.log, 2, {}))
local a, b = math.asin(2), math.log(-1)
print(a ~= a, b ~= b, math.log(0) == -math.huge, math.log(math.huge), math.exp(math.huge),
  math.exp(-math.huge), math.atan(-math.huge) == -math.pi / 2)
