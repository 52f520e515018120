-- Yields in metamethods, iterators and callbacks, half of them never resumed.
-- limits: fuel=20000000 time=10000
-- expect: finished true
local y = coroutine.yield
local actions = {
  function() table.sort({3, 1, 2}, function(a, b) y() return a < b end) end,
  function() ("abc"):gsub(".", function() y() end) end,
  function() return setmetatable({}, {__index = function() y() end}).x end,
  function() for _ in function() y() end do end end,
  function() return setmetatable({}, {__lt = function() y() end}) < {} end,
  function() local x <close> = setmetatable({}, {__close = function() y() end}) end,
  function() tostring(setmetatable({}, {__tostring = function() y() return "" end})) end,
  function() load(function() y() end) end,
  function() xpcall(error, function() y() end) end,
}
for round = 1, 20 do
  for i, action in ipairs(actions) do
    local co = coroutine.create(action)
    for n = 1, round % 5 do coroutine.resume(co) end
    if round % 2 == 0 then coroutine.close(co) end
  end
  collectgarbage("step")
end
return true
