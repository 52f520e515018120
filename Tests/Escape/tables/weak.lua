-- Weak tables of objects with finalizers, collected while traversed.
-- limits: fuel=30000000 time=10000
-- expect: finished true
local t = setmetatable({}, {__mode = "kv"})
for round = 1, 20 do
  for i = 1, 500 do t[setmetatable({}, {__gc = function() end})] = {} end
  for k in pairs(t) do collectgarbage("step") end
end
return true
