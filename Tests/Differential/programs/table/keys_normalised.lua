-- Float keys with integer values are integer keys; others stay floats.
local t = {}
t[1.0] = "one" t[2] = "two" t[2^53] = "big" t[-0.0] = "zero" t[1.5] = "half"
print(t[1], t[2.0], t[2^53 | 0], t[0], t[0.0], t[-0.0], t[1.5], t[3])
for k, v in pairs(t) do
  if v ~= "half" then assert(math.type(k) == "integer", v) else assert(math.type(k) == "float") end
end
t = {[1] = "a", [1.0] = "b"}
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n, t[1])
t = {}
t[math.maxinteger] = "max" t[math.mininteger] = "min" t[2^63] = "2^63"
t[-2^63] = "-2^63 is mininteger"
print(t[math.maxinteger], t[math.mininteger], t[2^63], t[math.maxinteger + 0.0])
t[math.huge] = "inf" t[-math.huge] = "-inf"
print(t[math.huge], t[-math.huge], t[1e308 * 10])
print(pcall(function() t[nil] = 1 end))
print(pcall(function() t[0/0] = 1 end))
print(t[nil], t[0/0])
print(pcall(function() return {[nil] = 1} end))
print(pcall(function() return {[0/0] = 1} end))
print(pcall(rawset, t, nil, 1))
