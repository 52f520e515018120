-- Strings and numbers in 5.3: results of arithmetic on strings, conversions and keys.
print("10" + 5, "10" + 5.0, "10.0" + 5, "0x10" + 0, "1e1" + 0, "3" * "4", "7" // "2", "7" % "4", -"2", "2" ^ "2", 10 .. 20, 1.0 .. "")
print(math.type("10" + 5), math.type("10" * 1.0), "9223372036854775807" + 1, "9223372036854775808" + 0, " 5 " + 1)
print(pcall(function() return "abc" + 1 end)) print(pcall(function() return "1" < 2 end)) print(pcall(function() return {} .. "x" end))
local t = {} t[1] = "a" t[1.0] = "b" t["1"] = "c" t[2^53] = "d" t[1.5] = "e"
print(t[1], t["1"], t[2^53 | 0], t[1.5], #t, next({[3.0] = 1}), math.type(next({[3.0] = 1})))
print(tostring(1e15), tostring(3.0), tostring(-0.0), tostring(1e100), tostring(2^63), 3 | 0, 1e3 // 1, tostring(1/0), tostring(-1/0))
print(tonumber("10"), tonumber("10.0"), tonumber("0x1p4"), tonumber("1e1"), tonumber("  7  "), tonumber("7x"), tonumber("zz", 36), tonumber("9223372036854775808"), tonumber("1e400"))
print(string.rep("x", 3.0), pcall(string.rep, "x", 3.5), ("abc"):sub(2.0, 3), pcall(string.sub, "abc", 1.5), pcall(string.char, "65"), select(2.0, "a", "b"))
print(#"abc" + 1, math.max(1, 2.5), math.max(2, 2.0), math.min(1.0, 1), math.floor(3.7), math.ceil(-3.7), math.floor(1e100), math.fmod(-7, 3), math.fmod(7, -3.0))
print(pcall(math.fmod, 1, 0)) print(math.fmod(1, 0.0) ~= math.fmod(1, 0.0), math.modf(3.7), math.modf(-3), math.modf(math.huge))
print(table.concat({1, 2.0, "x"}, " "), utf8.char(72, 228, 8364, 128512), #utf8.char(0x10FFFF), string.format("%s %s", 1, 1.0), string.format("%5.1f|%g", 1, 1))
