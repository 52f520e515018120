-- Strings in arithmetic become numbers, integers staying integers.
local function r(f) print(pcall(f)) end
r(function()
  return "10" + 5, "10" * "2", "3" - 1, "7" // 2, "7" % "4", "2" ^ "3", -"4", "7" / 2
end)
r(function() return "10" + 5.0, "0x10" + 0, "1e1" + 0, " 5 " + 0, "5." + 0, ".5" * 2 end)
r(function()
  return math.type("10" + 5), math.type("10.0" + 5), math.type("1e1" + 0), math.type(-"3"),
    math.type("3" // "2")
end)
r(function() return "abc" + 1 end)
r(function() return 1 + "abc" end)
r(function() return {} + "1" end)
r(function() return "1" + {} end)
r(function() return "" + 1 end)
r(function() return "1x" * 2 end)
r(function() return -"x" end)
r(function() return "10" & 6, "0xf" | 16, "1" << "4", "256" >> 4, "5" ~ 1, ~"0" end)
r(function() return "1.5" & 1 end)
r(function() return "2.0" & 3, "1e2" | 0 end)
r(function() return "abc" | 1 end)
r(function() return 1.5 | "1" end)
r(function()
  return "9223372036854775807" + 1, "9223372036854775808" + 0, "-9223372036854775808" - 1
end)
r(function() return "9223372036854775808" | 0 end)
r(function() return 10 .. 20, 1.5 .. "", -0.0 .. "|", 2^63 .. "", 1e15 .. "", 10 // 1 .. "" end)
r(function() return "10" == 10, "a" < "b", "Z" < "a", "" < "a", "a" < "ab", "10" < "9" end)
r(function() return "10" < 9 end)
r(function() return 1 < "2" end)
r(function() return "nil" .. nil end)
local s = "20"
for i = s, 22 do end
