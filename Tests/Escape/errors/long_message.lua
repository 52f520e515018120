-- A message that grows each time it is raised again.
-- limits: fuel=20000000 memory=16000000 time=10000
-- expect: outOfFuel | error
local function f(n)
  local ok, e = pcall(function() if n > 0 then f(n - 1) else error("x") end end)
  error(tostring(e) .. tostring(e), 2)
end
f(1000)
