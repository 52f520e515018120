-- Matches that take far longer than one slice of fuel are parked and taken up again.
local s = string.rep("a", 200)
print(s:find(".-.-b"), s:find(".*.*b"), #s:match(".-.-$"), s:match("(.-)(.-)b"))
print((s .. "b"):gsub("a*b", "x"))
print(select(2, s:gsub(".-.-b", "x")))
local sum = 0
for w in (s .. "b" .. s):gmatch(".-.-b") do sum = sum + #w end
print(sum)
print(s:find("(a*)*b"), #s:match("^(.-)%1$"), s:match("^(a-)(a-)()b"))
-- The reference bounds how many choices may be pending, and so do we.
print(pcall(string.find, s, string.rep("a?", 1000)))
