-- Methods on literals need parentheses; chains read left to right.
print(("abc"):upper():rep(2, "-"):lower():len())
print(("%s=%d"):format("k", 5):gsub("=", ": "))
print((" x "):gsub("%s", ""):byte())
print(#("abc"):rep(3), -("3" + 0), ("a"):byte() + 1, ("x" .. "y"):upper())
local s = "hello"
print(s:sub(1, 1):upper() .. s:sub(2), s:find "l", s:match "(l+)", s:rep(2, " "), s:format(),
  s:len() + #s)
print(("a,b,c"):gsub(",", ";", 1))
print((("nested")):len(), ((("deep"))):reverse())
local m = "upper"
print(("dynamic")[m]("dynamic"), s[m](s), ("x").rep("y", 3), string[m] "z")
print(pcall(function() return ("x"):missing() end))
print(pcall(function() return ("x").a.b end))
print(("x"):rep(0) == "", ("10"):rep(2) + 1, ("5") * ("2"), tostring(12):rep(2), (12 .. ""):len(),
  (1.5 .. "|"):sub(1, 3))
for w in ("one two"):gmatch "%a+" do io.write(w:sub(-1), w:len(), " ") end
print(("%d"):rep(3, ","):format(1, 2, 3), ("abc"):find("b", 1, true), select(2,
  ("aXbX"):gsub("X", "")), ("k=v"):match "^(%w)=(%w)$")
