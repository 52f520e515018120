-- %a and %A.
local function f(...) print(pcall(string.format, ...)) end
for _, v in ipairs { 0.0, 1.0, 0.5, -1.0, 2, 10, 0.1, 1/3, 1e100, 1e-100, 255.5, math.pi, 2^-1074, 2^1023 } do
  f("%a", v)
  f("%A", v)
end
f("%.0a", 1) f("%.3a", 1) f("%.1a", 1.5) f("%20a|", 1) f("%-20a|", 1) f("%+a", 1) f("% a", 1)
f("%a", -0.0) f("%#a", 1)
f("%020a", 1) f("%.2a", math.pi) f("%A", 255)
f("%a", math.huge) f("%A", -math.huge) f("%a", "x") f("%a")
for _, v in ipairs { 0.1, 1/3, 1e300, -2.5e-300, 123456789.123 } do
  assert(tonumber(("%a"):format(v)) == v)
end
print(tonumber("0x1.8p1"), tonumber("-0x.8p-1"), 0x1p-2, 0xA.8, 0x.1p4, 0x1P+3)
