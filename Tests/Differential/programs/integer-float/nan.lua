-- Not-a-number compares unequal to everything and is no key.
local nan = 0/0 if tostring(nan):sub(1, 1) == "-" then nan = -nan end
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > 1, nan < 1, 1 < nan, math.huge > nan,
  rawequal(nan, nan), not (nan == nan))
local t = {}
print(pcall(function() t[nan] = 1 end))
print(t[nan], rawget(t, nan), next(t))
t = {nan, 1}
print(#t, t[1] ~= t[1])
print(pcall(next, {}, nan))
print(math.type(nan), type(nan), math.tointeger(nan), pcall(math.floor, nan) ~= nil)
print(pcall(function() return nan | 0 end))
print(pcall(string.format, "%d", nan))
print(pcall(string.rep, "x", nan))
print((nan + 1) ~= (nan + 1), (nan * 0) ~= nan * 0, nan ^ 0, 1 ^ nan,
  (0 * math.huge) ~= 0 * math.huge, (math.huge - math.huge) ~= 0,
  (math.huge % 2) ~= (math.huge % 2), 5 % math.huge, (0/0 == 0/0), math.max(nan, 1) ~= math.max(nan,
  1), math.max(1, nan))
local c = 0
for i = 1, nan do c = c + 1 end
for i = nan, 1 do c = c + 1 end
print(c, nan and "truthy")
local u = {3, 1, 2}
print(pcall(table.sort, u))
print(math.abs(nan) ~= math.abs(nan), math.sqrt(-1) ~= math.sqrt(-1), math.log(-1) ~= math.log(-1),
  math.acos(2) ~= math.acos(2), tonumber("nan"), tonumber("0/0"))
local function isnan(x) return x ~= x end
print(isnan(nan), isnan(1), isnan("x"), isnan(math.huge), isnan(-nan))
print(nan == nan and 1 or 2, (function()
  if nan < 1 then return "lt" elseif nan >= 1 then return "ge" else return "neither" end
end)(), (function() while nan <= nan do return "loop" end return "skip" end)())
