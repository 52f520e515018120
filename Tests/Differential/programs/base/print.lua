-- print goes through tostring and separates by tabs.
print()
print(nil)
print(nil, nil)
print(1, 1.0, "1", true)
print("a\tb", "c\nd")
print("embedded\0zero")
print(setmetatable({}, {__tostring = function() return "T1" end}),
  setmetatable({}, {__tostring = function() return "T2" end}))
print(pcall(print, setmetatable({}, {__tostring = function() return {} end})))
print(pcall(print, "before", setmetatable({}, {__tostring = function() error("E", 0) end})))
print((pcall(print, 1, 2)))
-- print does not look up a global tostring
local keep = tostring
tostring = function() return "hijacked" end
print(12, nil)
tostring = keep
local n = select("#", print("x"))
print(n)
print(("x"):rep(10), ("ab"):rep(3, "-"))
print(table.unpack({1, 2, nil, 4}, 1, 4))
print(type((print)), (nil))
print(-0.0, 0.0, 1e300 * 1e10, -1e300 * 1e10)
