-- abs, ceil, floor, max, min, sqrt, fmod, modf: kinds and edges.
local function k(...)
  local o = {}
  for i, v in ipairs({...}) do o[i] = tostring(v) .. ":" .. tostring(math.type(v)) end
  print(table.concat(o, " "))
end
k(math.abs(-5), math.abs(5), math.abs(-5.5), math.abs(-0.0), math.abs(math.mininteger),
  math.abs(-math.huge), math.abs("-3"))
k(math.ceil(1.2), math.ceil(-1.2), math.ceil(5), math.ceil(1e100), math.ceil(-0.5), math.ceil(2^53),
  math.ceil("1.5"))
k(math.floor(1.8), math.floor(-1.8), math.floor(5), math.floor(-1e100), math.floor(0.5),
  math.floor(2^62), math.floor(2^63))
k(math.max(1, 2, 3), math.max(1.5, 2), math.max(2, 2.0), math.max(2.0, 2), math.max(-0.0, 0.0),
  math.max(5), math.max(math.maxinteger, 2^63))
k(math.min(1, 2, 3), math.min(1.5, 2), math.min(2, 2.0), math.min(2.0, 2), math.min(5),
  math.min(math.mininteger, -2^63))
k(math.sqrt(16), math.sqrt(2), math.sqrt(0), math.sqrt("9"))
k(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7, -3), math.fmod(7.5, 2),
  math.fmod(-7.5, 2), math.fmod(6, 3), math.fmod(-6, 3), math.fmod(5, math.huge))
k(math.fmod(math.mininteger, -1), math.fmod(math.mininteger, math.mininteger), math.fmod(1,
  math.mininteger), math.fmod(math.maxinteger, -1))
k(math.modf(3.7)) k(math.modf(-3.7)) k(math.modf(5)) k(math.modf(math.huge))
k(math.modf(-math.huge)) k(math.modf(1e100)) k(math.modf(-0.0)) k(math.modf(0.5))
for _, f in ipairs { "abs", "ceil", "floor", "sqrt", "max", "min", "modf", "fmod" } do
  print(pcall(math[f])) print(pcall(math[f], "x")) print(pcall(math[f], 1, nil))
  local ok, v = pcall(math[f], {})
  print(ok, ok and type(v) or v)
end
print(pcall(math.fmod, 1, 0))
print(pcall(math.fmod, 1, 0.0) == true)
print(pcall(math.fmod, 1.0, 0) == true)
print(pcall(math.max, 1, "x"))
print(pcall(math.min, 1, {}))
local nan = math.sqrt(-1)
print(nan ~= nan, math.max(1, nan) == 1, math.floor(-0.0) == 0, 1 / math.floor(-0.0),
  1 / math.ceil(-0.5) < 0)
