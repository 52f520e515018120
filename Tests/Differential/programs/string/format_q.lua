-- %q output and its round trip through load.
local function q(v) print((string.format("%q", v))) end
q("plain") q("with \"quotes\"") q("back\\slash") q("new\nline") q("cr\rtab\t") q("zero\0")
q("zero\0001")
q("\1\0022\127\128\255" == "" and "" or "\1\0022")
q("") q("\r\n") q("\n\n") q("\\n") q("'single'") q("\27[0m") q("\0") q("a\0b\0")
q(1) q(-1) q(0) q(math.maxinteger) q(math.mininteger) q(1.0) q(0.5) q(-0.0) q(0.1) q(1e100)
q(math.huge) q(-math.huge)
q(true) q(false) q(nil)
print(string.format("%q", 0/0))
print(pcall(string.format, "%q", {}))
print(pcall(string.format, "%q", print))
print(pcall(string.format, "%q", setmetatable({}, {__tostring = function() return "x" end})))
local every = {}
for i = 0, 255 do every[#every + 1] = string.char(i) end
local all = table.concat(every)
assert(load("return " .. string.format("%q", all))() == all)
for a = 0, 255, 17 do for b = 0, 255, 5 do
  local s = string.char(a, b, 48 + a % 10)
  assert(load("return " .. string.format("%q", s))() == s)
end end
for _, v in ipairs { 0.1, -0.0, 1/3, 1e300, 5e-324, math.mininteger, math.maxinteger, math.huge, -math.huge, true, false, 2^53, 123 } do
  local back = load("return " .. string.format("%q", v))()
  assert(back == v and math.type(back) == math.type(v), tostring(v))
end
print("round trips hold")
print(string.format("%q and %q", "two", 2), string.format("%-5d%q", 1, "x"))
