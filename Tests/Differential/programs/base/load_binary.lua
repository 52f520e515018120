-- Binary chunks made by string.dump load again, with modes and upvalues.
local function f(a, b) return a + b, a * b end
local dumped = string.dump(f)
print(type(dumped), dumped:sub(1, 4) == "\27Lua", #dumped > 10)
print(load(dumped, "d", "b")(3, 4))
print(load(dumped, "d", "bt")(5, 6))
print(load(dumped, "=d", "t"))
print(load(string.dump(load("return ...")), "=x", "b")(1, 2))
local up = 10
local function g() up = (up or 0) + 1 return up end
print(g())
local h = load(string.dump(g))
print((debug.getupvalue(h, 1)))
debug.setupvalue(h, 1, 100)
print(h(), h(), g())
-- the first upvalue of a loaded chunk is the environment
local k = load(string.dump(load("y = 5 return y")), "=k", "b", {})
print(k(), rawget(_G, "y"))
print(pcall(string.dump, print))
print(pcall(string.dump))
print(pcall(string.dump, 5))
-- stripped code runs, its messages lose their position
local s = load(string.dump(function() local t = nil; return t.x end, true))
local ok, m = pcall(s)
print(ok, m)
local n = load(string.dump(function() local t = nil; return t.x end, false))
print(pcall(n))
-- nested functions, varargs and constants survive
local big = load(string.dump(load([[
  local a <const> = 7
  local t = { ... }
  return function(x)
    return function(y) return x + y + a + #t, "é\0z", 1.5, -3, math.maxinteger, nil, true end
  end
]])))
print(big(1, 2, 3)(10)(100))
-- truncated binary chunks are refused
print(pcall(load, dumped:sub(1, #dumped // 2)) , (load(dumped:sub(1, 5))))
print((load("\27Lua")) == nil, (load("\27")) == nil, (load("\27Lux" .. dumped:sub(5))) == nil)
