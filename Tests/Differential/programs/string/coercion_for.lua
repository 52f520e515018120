-- The numeric for takes no strings, unlike arithmetic.
print(pcall(function() for i = "1", 3 do print(i) end end))
print(pcall(function() for i = 1, "3" do print(i) end end))
print(pcall(function() for i = 1, 3, "1" do print(i) end end))
print(pcall(function() for i = 1, 3, {} do end end))
print(pcall(function() for i = nil, 3 do end end))
print(pcall(function() for i = 1, nil do end end))
print(pcall(function() for i = 1, 3, 0 do end end))
print(pcall(function() for i = 1, 3, 0.0 do end end))
print(pcall(function() for i = 1.0, 3, 0 do end end))
-- other places that coerce numbers in strings and strings to numbers
print(math.floor("3.7"), pcall(math.max, "10", 9), ("x"):rep("2"), string.char("65"))
print(select("2", "a", "b"), table.concat({1, 2.5, "x"}, 0), tostring(10):len(), #tostring(-0.0))
print(pcall(table.concat, {1, {}, 3}), pcall(table.concat, {true}))
print(table.unpack({1, 2, 3}, "2", "3"))
local t = {}
t["1"] = "string key"
t[1] = "integer key"
print(t["1"], t[1], t[1.0])
print(pcall(string.rep, "x", "1.5"), pcall(string.rep, "x", "2.0"), pcall(string.rep, "x", "0x2"))
print(10 == "10", 0 == "0", "1" + 1 == 2, "abc" < "abd", not "0", not "")
