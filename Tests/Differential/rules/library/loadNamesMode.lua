-- A chunk of the wrong kind is refused with the mode that refuses it.
local f, m = nil, "no modes"
pcall(function() f, m = load("return 1", "=x", "b") end)
print(f == nil, m)
