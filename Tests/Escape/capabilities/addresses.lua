-- No addresses in texts: they would tell where memory lies. What stands there is a count.
-- expect: finished table: 0x0055a000000040 32 32
local first = tostring({})
local function number(v) return tonumber(tostring(v):match("0x(%x+)"), 16) end
local a, b, c = number({}), number(function() end), number(coroutine.create(error))
return first, b - a, c - b
