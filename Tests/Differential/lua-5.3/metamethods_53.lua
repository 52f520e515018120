-- Metamethods of 5.3: bitwise operators, integer division, __index in the library, __name and deprecated __ipairs.
local mt = {} for _, e in ipairs {"band", "bor", "bxor", "shl", "shr", "idiv", "mod"} do mt["__" .. e] = function(a, b) return e .. type(a):sub(1, 1) .. type(b):sub(1, 1) end end
mt.__bnot = function() return "bnot" end mt.__name = "Special"
local t = setmetatable({}, mt)
print(t & 1, 1 | t, t ~ t, t << 1, 1 >> t, t // 2, 2 % t, ~t)
print(pcall(function() return t + 1 end)) print(pcall(function() return t < 1 end)) print((tostring(t):gsub("0x%x+", "")))
local p = setmetatable({}, {__index = function(_, i) if i <= 3 then return i * 10 end end, __len = function() return 3 end, __newindex = function(_, k, v) io.write("set ", k, " ") end})
print(table.concat(p, ","), table.unpack(p)) table.insert(p, "x") print() print(table.remove(p)) for i, v in ipairs(p) do io.write(i, "=", v, " ") end print()
print(table.unpack(table.move({1, 2, 3}, 1, 3, 2))) print(table.concat(table.move({1, 2, 3}, 2, 3, 1, {9, 9, 9}), " ")) print(#p, rawlen(p), pcall(rawlen, 5))
for i, v in ipairs(setmetatable({}, {__ipairs = function(t) return function(_, i) if i < 2 then return i + 1, "own" end end, t, 0 end})) do io.write(i, v, " ") end print()
local a, b = setmetatable({}, {__eq = function() return true end}), setmetatable({}, {}) print(a == b, b == a, a ~= b, a == 1)
local lt = setmetatable({}, {__lt = function() return true end}) print(lt < 1, 1 < lt, lt <= 1, 1 >= lt, lt > "x") print(pcall(function() return {} <= {} end))
