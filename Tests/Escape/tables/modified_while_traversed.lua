-- Adding keys during a traversal ends somehow, and soon.
-- limits: fuel=5000000 time=5000
-- expect: finished true | outOfFuel | error
local t = {a = 1, b = 2, c = 3}
local n = 0
for k in pairs(t) do
  n = n + 1
  t["x" .. n] = n
  t[k] = nil
end
return true
