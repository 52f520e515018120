-- Runaway recursion is an ordinary error, in every form, and leaves things usable.
local function msg(ok, m) m = tostring(m) return ok, m:find("stack overflow", 1, true) ~= nil end
local n = 0
local function rec() n = n + 1 return 1 + rec() end
print(msg(pcall(rec)))
print(n > 1000)
local ok, m
local ts = setmetatable({}, {__tostring = function(s) return tostring(s) .. "x" end})
ok, m = pcall(tostring, ts) print(ok, type(m))
local add = setmetatable({}, {__add = function(a, b) return a + b + 1 end})
ok, m = pcall(function() return add + 1 end) print(ok, type(m))
-- errors in the handler of an overflow
ok, m = xpcall(rec, function(e)
  return "handled " .. (tostring(e):find("stack overflow") and "overflow" or "other")
end)
print(ok, m)
-- a string of gsub callbacks
ok, m = pcall(function() local function g(s) return (s:gsub(".", g)) end return g("x") end)
print(ok, type(m))
-- still fine afterwards
print(pcall(function()
  return (function(k)
    local function f(i) if i == 0 then return 0 end return 1 + f(i - 1) end
    return f(k)
  end)(1000)
end))
print(select("#", table.unpack({}, 1, 250)), (pcall(table.unpack, {}, 1, 1e8)))
print((select(2, pcall(string.rep, "x", 1 << 60))):match("too large") ~= nil)
local big = {} for i = 1, 200 do big[i] = i end print(math.max(table.unpack(big)))
local chain = setmetatable({}, {})
for i = 1, 50 do chain = setmetatable({}, {__index = chain}) end
print(chain.missing)
local loop = setmetatable({}, {})
getmetatable(loop).__index = loop
print(pcall(function() return loop.x end))
getmetatable(loop).__newindex = loop
print(pcall(function() loop.x = 1 end))
