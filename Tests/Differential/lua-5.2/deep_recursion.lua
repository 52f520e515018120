-- Recursion without end is an error that can be caught, and depth that programs need is there.
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(10000))
local function endless() return 1 + endless() end
local ok, m = pcall(endless)
print(ok, (m:match("stack overflow")))
local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k + 1] end
ok, m = pcall(function() return t[1] end)
print(ok, (m:match("overflow")))
local s = ("("):rep(100) .. "x" .. (")"):rep(100)
print(#s:gsub("%b()", function(x) return x end))
local function nest(n) if n == 0 then return "bottom" end return (select(2, pcall(nest, n - 1))) end
print(nest(100))
local function co(n) if n == 0 then return "inner" end return coroutine.wrap(co)(n - 1) end
print(co(100))
ok, m = pcall(string.gsub, "x", "x", function() return endless() end)
print(ok, (m:match("overflow")))
print(pcall(error, "still works"))
