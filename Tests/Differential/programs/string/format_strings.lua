-- %s and %% with widths, precisions, zeros inside and __tostring.
local function f(...) print(pcall(string.format, ...)) end
f("%s", "x") f("%s|%s", 1, 1.5) f("%s", nil) f("%s", true) f("%s") f("%10s|", "right")
f("%-10s|", "left") f("%.2s|", "cut") f("%10.2s|", "cut")
f("%-10.2s|", "cut") f("%.0s|", "gone") f("%.s|", "gone") f("%.20s|", "short")
f("%5s|", "longer than five")
f("%%") f("100%%") f("%5%") f("%") f("abc%") f("%s%", "x")
f("%s %s", 1) f("%s", setmetatable({}, {__tostring = function() return "TS" end}))
f("%10s|%-6s|", setmetatable({}, {__tostring = function() return "TS" end}), setmetatable({},
  {__tostring = function() return "T2" end}))
f("%s", setmetatable({}, {__tostring = function() return 1 end}))
f("%s", setmetatable({}, {__tostring = function() error("in ts", 0) end}))
print((string.format("%s", setmetatable({}, {__name = "NN"})):gsub("0x%x+", "ADDR")))
print(#string.format("%s", "a\0b"), #string.format("%s|%s", "\0", "\0\0"), pcall(string.format,
  "%5s", "a\0b"))
print(#string.format("%s", ("x"):rep(500)), #string.format("%99s", "x"), #string.format("%.99s",
  ("x"):rep(200)), #string.format("%-99s|", ("x"):rep(150)))
f("%s", -0.0) f("%s", 1e15) f("%s", 2^63) f("%s", math.mininteger) f("%s", 3) f("%s", 3.0)
f("plain text") f("") f("a\0b") f("\n\t") print(#string.format("a\0b%sc\0d", "\0"))
f("%5s%5s%-5s|%s", "a", "b", "c", "d") f("%s", "extra", "arguments", "are", "ignored")
