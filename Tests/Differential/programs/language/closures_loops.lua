-- Each turn of a loop has fresh locals; closures of one turn share them.
local fs = {}
for i = 1, 3 do fs[i] = {function() i = i + 10 return i end, function() return i end} end
for i = 1, 3 do io.write(fs[i][1](), " ", fs[i][2](), " ") end
print()
fs = {}
for k, v in ipairs { "a", "b" } do
  fs[k] = function(new) if new then v = new end return k .. v end
end
print(fs[1](), fs[2](), fs[1]("z"), fs[1](), fs[2]())
fs = {}
local i = 0
while i < 3 do i = i + 1 local j = i fs[i] = function() j = j + 1 return i, j end end
print(fs[1]()) print(fs[1]()) print(fs[3]())
fs = {}
i = 0
repeat i = i + 1 local j = i * 10 fs[i] = function() return j end until j >= 30
print(fs[1](), fs[2](), fs[3]())
fs = {}
do
  local n = 0
  ::top::
  local k = n
  fs[#fs + 1] = function() k = k + 1 return k end
  n = n + 1
  if n < 3 then goto top end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
-- changing the control variable inside the body does not change the loop
for i = 1, 3 do local old = i i = i * 100 io.write(old, ":", i, " ") end
print()
-- a closure made before and after an assignment sees the same variable
local x = 1
local g = function() return x end
x = 2
local h = function(v) x = v end
h(3)
print(g(), x)
