-- Local scopes, shadowing and where a local begins to exist.
local x = 1
local x = x + 1
do local x = x * 10 print(x) end
print(x)
local function f() return x end
local x = 100
print(f(), x)
local rec = function(n) return rec and "sees global rec" or "no rec" end
print(rec(1))
local function real(n) if n == 0 then return "base" end return real(n - 1) end
print(real(3))
for x = 1, 2 do local x = x * 2 io.write(x, " ") end
print(x)
repeat local inner = "visible in until" until inner == "visible in until"
local n = 0
repeat n = n + 1 local done = n >= 3 until done
print(n)
while true do local x = "loop" break end
print(x)
if x then local y = 5 x = x + y else local y = 6 end
print(x, y)
global_one = "g"
local global_one = global_one .. " local"
print(global_one, _G.global_one)
do
  local a, b = 1, 2
  local a, b = b, a
  print(a, b)
end
local function shadow(a, a) return a end
print(shadow(1, 2))
local t = {x = x, f = function() return x end}
x = 0
print(t.x, t.f())
print(select("#", (function() local a; return a end)()))
