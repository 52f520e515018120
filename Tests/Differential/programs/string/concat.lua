-- Concatenation: order, coercion, metamethods and errors.
print("a" .. "b" .. "c", 1 .. 2, 1.5 .. 2, "x" .. -1, "" .. "")
local order = {}
local function v(s) order[#order + 1] = s return s end
local r = v("a") .. v("b") .. v("c") .. v("d")
print(r, table.concat(order))
local mt = {__concat = function(a, b)
  return "(" .. (type(a) == "table" and a.n or a) .. "." .. (type(b) == "table" and b.n or b) .. ")"
end}
local A, B = setmetatable({n = "A"}, mt), setmetatable({n = "B"}, mt)
print(A .. B, A .. "x", "x" .. A, 1 .. A, A .. 1.5, "x" .. "y" .. A, A .. "x" .. "y", "p" .. A ..
  "q" .. B .. "r")
print(pcall(function() return A .. nil end))
print(pcall(function() return "x" .. {} end))
print(pcall(function() return {} .. "x" end))
print(pcall(function() local t = {} return t .. "x" end))
print(pcall(function() local t = {} return "x" .. "y" .. t end))
print(pcall(function() return "x" .. nil .. "y" end))
print(pcall(function() return true .. "" end))
print(pcall(function() return print .. "" end))
print(pcall(function() local t = {f = {}} return "x" .. t.f end))
local big = {}
for i = 1, 200 do big[i] = "s" .. i end
local parts = {}
for i = 1, 150 do parts[i] = "t[" .. i .. "]" end
local f = assert(load("local t = ... return " .. table.concat(parts, " .. ")))
local expected = table.concat(big, "", 1, 150)
print(#f(big), f(big):sub(-8), f(big) == expected)
local s = ""
for i = 1, 300 do s = s .. i % 10 end
print(#s, s:sub(1, 20))
