-- error() levels choose whose position is put in front of the message.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function level0() error("zero", 0) end
local function level1() error("one") end
local function level1b() error("one again", 1) end
local function level2() error("two", 2) end
local function outer2() level2() end
local function level3() error("three", 3) end
local function middle3() level3() end
local function outer3() middle3() end
print(pcall(level0))
print(pcall(level1))
print(pcall(level1b))
print(pcall(outer2))
print(pcall(outer3))
-- A level beyond the stack or at a native function adds no position.
print(pcall(level2))
print(pcall(error, "native caller", 2))
print(pcall(error, "direct", 1))
print(pcall(error))
print(pcall(error, nil))
print(pcall(error, nil, 2))
print(pcall(error, 12))
print(pcall(function() error(12) end))
print(pcall(function() error(1.5) end))
print(pcall(function() error(true) end))
print(select(2, pcall(function() error({code = 7}) end)).code)
print(pcall(error, "bad level", "x"))
print(pcall(error, "bad level", 1.5))
print(pcall(error, "high", 1000))
-- tail calls lose a level
local function tail() return level2() end
print((pcall(tail)))
print(pcall(string.rep))
print(pcall(function() error("multi\nline") end))
print(pcall(function() error("") end))
