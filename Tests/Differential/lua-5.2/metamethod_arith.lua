-- Arithmetic and concatenation metamethods: which operand decides, and what strings become.
local mt = {}
local function V(x) return setmetatable({x = x}, mt) end
local function val(a) return type(a) == "table" and a.x or a end
for _, e in ipairs {"add", "sub", "mul", "div", "mod", "pow", "concat"} do
  mt["__" .. e] = function(a, b) return e .. "(" .. tostring(val(a)) .. "," .. tostring(val(b)) .. ")" end
end
mt.__unm = function(a, b) return "unm(" .. val(a) .. "," .. tostring(rawequal(a, b)) .. ")" end
local a = V(1)
print(a + 2, 2 + a, a - "3", "4" * a, a / a, a % 2, 2 ^ a, -a)
print(a .. "s", "s" .. a, a .. a, 1 .. a, "x" .. "y" .. a, a .. "x" .. "y")
print("10" + 5, "0x10" * 2, " 7 " - 1, "1e1" / "2", -"3", "5" % 3, "2" ^ "3")
print(pcall(function() return "x" + 1 end))
print(pcall(function() return {} + 1 end))
print(pcall(function() local t = {} return t.x + 1 end))
print(pcall(function() return 1 + undefined end))
print(pcall(function() return "a" .. {} end))
print(pcall(function() return nil .. "a" end))
print(10 .. 20, 1.5 .. "", -0.0 .. "", 2^53 .. "", 1e100 .. "")
