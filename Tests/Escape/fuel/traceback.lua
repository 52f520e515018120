-- Looking at the levels of a deep stack again and again costs fuel.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local function descend(n)
  while n == 0 do debug.traceback() end
  descend(n - 1)
  return n
end
descend(10000)
