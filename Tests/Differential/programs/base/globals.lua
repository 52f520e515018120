-- The set of global names and of the names in each library.
local function names(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = tostring(k) end
  table.sort(list)
  return table.concat(list, " ")
end
local G = {}
for k in pairs(_G) do G[k] = true end
G.arg = nil
print(names(G))
-- math may carry deprecated extras, so its list of names is asked for one by one.
for _, lib in ipairs { "coroutine", "debug", "io", "os", "package", "string", "table", "utf8" } do
  print(lib, names(_G[lib]))
end
for name in ("abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger"
    .. " modf pi rad random randomseed sin sqrt tan tointeger type ult"):gmatch("%a+") do
  assert(math[name], name)
end
print(_VERSION, _G._G == _G, package.loaded._G == _G)
for _, lib in ipairs { "coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8" } do
  assert(package.loaded[lib] == _G[lib])
end
for _, lib in ipairs { "coroutine", "debug", "math", "os", "string", "table" } do
  local others = {}
  for k, v in pairs(_G[lib]) do
    if type(v) ~= "function" then others[#others + 1] = k .. ":" .. type(v) end
  end
  table.sort(others)
  print(lib, table.concat(others, " "))
end
local kinds = {}
for k, v in pairs(math) do
  if type(v) ~= "function" then kinds[#kinds + 1] = k .. ":" .. tostring(math.type(v)) end
end
table.sort(kinds)
print(table.concat(kinds, " "))
x = 1
print(_G.x, _ENV.x, rawget(_G, "x"))
_G.x = nil
print(x)
print(arg[0] ~= nil, arg[1], #arg)
