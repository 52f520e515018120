-- assert passes all its arguments through and raises its second one untouched.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local function try(...)
  local r = table.pack(pcall(...))
  for i = 1, r.n do r[i] = tostring(r[i]) end
  print(table.concat(r, " ", 1, r.n))
end
try(assert, 1, 2, nil, 4)
try(assert, false)
try(assert, nil)
try(assert, nil, "message")
try(assert, false, 42)
try(assert)
try(assert, 0)
try(assert, "")
local t = setmetatable({}, {__tostring = function() return "custom object" end})
local ok, e = pcall(assert, false, t)
print(ok, e == t, tostring(e))
local ok2, e2 = pcall(assert, nil, nil)
print(ok2, e2)
print(select("#", assert(1, nil, nil)))
-- assert adds no position to its message
print(pcall(function() assert(false, "plain") end))
print(pcall(function() local x = assert(tonumber("zz"), "not a number") return x end))
print((assert(true, "both", "returned")))
-- arguments are evaluated before assert decides
local log = {}
pcall(function()
  assert((function() log[#log + 1] = "first" return false end)(),
    (function() log[#log + 1] = "second" return "m" end)())
end)
print(table.concat(log, ","))
