-- assert in code: messages of many kinds, multiple values, non-string errors.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function check(v, ...) return pcall(assert, v, ...) end
print(check(true))
print(check(1, 2, 3))
print(check(false))
print(check(nil))
print(check(nil, "msg"))
print(check(false, nil))
print(check(nil, 42))
print(check(nil, 4.5))
print(check(nil, true))
print(check("", "kept"))
print(check(0))
local obj = {}
print(select(2, check(nil, obj)) == obj)
print(pcall(function() assert(io.open("/no/such/file")) end))
print(pcall(function() assert(load("x =")) end))
print(pcall(function() assert(tonumber("z"), "not a number: z") end))
print(pcall(function() assert(1 == 1, "fine") assert(1 == 2, "not fine") end))
print(pcall(function() return assert(select(2, pcall(error, "e", 0))) end))
print(select("#", assert(1, nil, nil)), (assert("first", "second")))
print(pcall(function() assert() end))
print(pcall(function() local f = assert(nil, "stop") f() end))
local function validate(t)
  assert(type(t) == "table", "expected a table")
  assert(t.name, "missing name")
  assert(math.type(t.age) == "integer", ("bad age %s"):format(tostring(t.age)))
  return t
end
for _, v in ipairs {5, {}, {name = "x"}, {name = "x", age = 1.5}, {name = "x", age = 2}} do
  print(select(2, pcall(validate, v)) ~= nil, pcall(function() return validate(v).age end))
end
print(pcall(error, setmetatable({}, {__tostring = function() return "E" end})) == false,
  tostring(select(2, pcall(assert, false, setmetatable({}, {__tostring = function() return "E" end})))))
print(xpcall(assert, function(m) return "handled " .. tostring(m) end, false, "msg"))
print(xpcall(assert, function(m) return "handled " .. tostring(m) end, nil))
