-- Strings have methods through their metatable's __index.
print(("abc"):upper(), ("%d"):format(5), ("x"):rep(3), #("abc"):rep(2))
local s = "hello"
print(s:len(), s:sub(2, 3), s:byte(), s:find("l"), s:reverse())
print(s.len == string.len, s["upper"](s), s[1], s.nosuch)
print(pcall(function() return s:nosuch() end))
print(pcall(function() return ("x").y.z end))
print(pcall(function() s.x = 1 end))
print(pcall(function() s[1] = "c" end))
function string.shout(x) return x:upper() .. "!" end
print(("hey"):shout(), s:shout():shout())
string.shout = nil
local mt = getmetatable("")
local old = mt.__index
mt.__index = function(str, k) if type(k) == "number" then return str:sub(k, k) end return old[k] end
-- inside, methods still resolve through old
old.sub = string.sub
print(s[1], s[5], s[6] == "", s:upper())
mt.__index = old
print(s[1])
mt.__call = function(str, ...) return str .. table.concat({...}, ",") end
print(("call")(1, 2))
mt.__call = nil
print(pcall(function() return ("x")() end))
print("10" + 5, pcall(function() return "a" + 1 end))
local unm = mt.__unm
mt.__unm = function() return "negated" end
print(-"x", -"5")
mt.__unm = nil
print(pcall(function() return -"x" end))
mt.__unm = unm
print(-"5", pcall(function() return -"x" end))
