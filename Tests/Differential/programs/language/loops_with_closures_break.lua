-- Break and return inside loops while closures hold variables.
local kept = {}
for i = 1, 10 do
  local v = i * 2
  kept[#kept + 1] = function() v = v + 1 return v end
  if i == 3 then break end
end
print(#kept, kept[1](), kept[3](), kept[3]())
local function first(t, p)
  for i, v in ipairs(t) do
    local seen = v
    if p(seen) then return function() seen = seen + 1 return i, seen end end
  end
end
local f = first({1, 5, 7}, function(x) return x > 3 end)
print(f())
print(f())
print(first({}, print))
local n = 0
local getters = {}
while true do
  local m = n
  getters[#getters + 1] = function() return m end
  n = n + 1
  if n >= 3 then break end
end
print(getters[1](), getters[2](), getters[3]())
repeat local z = n getters[1] = function() z = z - 1 return z end if z > 0 then break end until true
print(getters[1](), getters[1]())
for k, v in pairs {a = 1} do getters.k = function(nv) v = nv or v return k, v end break end
print(getters.k(5))
print(getters.k())
local outer = {}
for i = 1, 2 do
  for j = 1, 3 do if j == 2 then break end outer[#outer + 1] = function() return i * 10 + j end end
end
print(#outer, outer[1](), outer[2]())
