-- tostring of every kind, with __tostring and __name.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
for _, v in ipairs { 0, 1, -1, 0.0, -1 / math.huge, 1.0, 1.5, 100, 1e15, 1e16, 1e100, -1e100, 2^53, 2^63, -2^63, 0.1, 1/3,
    123456789.125, 1e-5, 12345678901234567890, math.pi, math.huge, -math.huge, math.maxinteger,
      math.mininteger,
    true, false, "text", "" } do
  print(tostring(v))
end
print(tostring(nil))
print(pcall(tostring))
print(tostring(setmetatable({}, {__tostring = function(self) return "me" end})))
print(pcall(tostring, setmetatable({}, {__tostring = function() return 1 end})))
print(pcall(tostring, setmetatable({}, {__tostring = function() return nil end})))
print(pcall(tostring, setmetatable({}, {__tostring = function() error("in tostring", 0) end})))
print(pcall(tostring, setmetatable({}, {__tostring = 5})))
local named = setmetatable({}, {__name = "My.Type"})
print((tostring(named):gsub("0x%x+", "ADDR")))
print((tostring(setmetatable({}, {__name = 5})):gsub("0x%x+", "ADDR")))
print((tostring({}):gsub("0x%x+", "ADDR")), (tostring(print):gsub("0x%x+", "ADDR")):match("^%a+"))
print((tostring(coroutine.create(print)):match("^%a+")), tostring(io.stdout):match("^file %("))
local a, b = {}, {}
print(tostring(a) == tostring(a), tostring(a) ~= tostring(b))
print(tostring(setmetatable({}, {__tostring = setmetatable({}, {__call = function(_, o) return "callable" end})})))
print(#tostring(12), tostring(12) .. "", tostring("a\0b") == "a\0b")
