-- An order made against the choice of pivots.
-- limits: fuel=60000000 time=10000
-- expect: finished true | outOfFuel
local n, t = 3000, {}
local gas, solid, candidate, values = n, 0, 0, {}
for i = 1, n do t[i] = i values[i] = gas end
table.sort(t, function(a, b)
  if values[a] == gas and values[b] == gas then
    if a == candidate then values[a] = solid else values[b] = solid end
    solid = solid + 1
  end
  if values[a] == gas then candidate = a elseif values[b] == gas then candidate = b end
  return values[a] < values[b]
end)
return true
