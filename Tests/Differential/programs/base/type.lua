-- type of every kind, and its one error.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
print(type(nil), type(1), type(1.5), type("s"), type(true), type({}), type(print),
  type(function() end))
print(type(coroutine.create(print)), type(io.stdout))
print(pcall(type))
print(type(nil, 1, 2))
print(type(type), type(type(type)))
print(select("#", type(1)))
local names = {}
for _, v in pairs { 1, "x", {}, print, true } do names[type(v)] = true end
local list = {}
for k in pairs(names) do list[#list + 1] = k end
table.sort(list)
print(table.concat(list, " "))
-- __name does not change type
print(type(setmetatable({}, {__name = "Named", __type = "other"})))
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil))
print(pcall(math.type))
print(io.type(io.stdout), io.type(1), io.type({}), pcall(io.type))
