-- ipairs stops at the first nil and respects __index.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
for i, v in ipairs({1, 2, nil, 4}) do io.write(i, "=", v, " ") end
print()
for i, v in ipairs({}) do print("never") end
local proxy = setmetatable({}, {__index = function(_, i) if i <= 4 then return i * 10 end end})
for i, v in ipairs(proxy) do io.write(i, "=", v, " ") end
print()
local inherited = setmetatable({[3] = "c"}, {__index = {"a", "b", "x", "d"}})
for i, v in ipairs(inherited) do io.write(i, v, " ") end
print()
for i, v in ipairs({false, false}) do io.write(i, tostring(v), " ") end
print()
-- growing while walking
local t = {1}
for i, v in ipairs(t) do if i < 5 then t[i + 1] = v * 2 end end
print(table.concat(t, ","))
-- shrinking while walking
local u = {1, 2, 3, 4, 5}
local seen = 0
for i in ipairs(u) do seen = seen + 1; u[#u] = nil end
print(seen, #u)
print(pcall(ipairs))
print((pcall(ipairs, nil)))
local f, s, c = ipairs("abc")
print(type(f), s, c)
print(pcall(function() for i in ipairs("abc") do print(i) end return "string index is nil" end))
print(pcall(function() for i in ipairs(5) do end end))
print(f({10, 20}, 1))
print(f({10, 20}, 2))
print(f({10, 20}, 0))
print(pcall(f))
