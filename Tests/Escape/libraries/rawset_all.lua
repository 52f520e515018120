-- Every library, every way, caught one by one.
-- expect: finished 0
local changed = 0
for _, lib in pairs({string, table, math, utf8, coroutine, os, debug}) do
  for _, try in ipairs({
    function() lib.x = 1 end, function() rawset(lib, "x", 1) end,
    function() rawset(lib, 1, 1) end, function() table.insert(lib, 1) end,
    function() setmetatable(lib, {}) end, function() lib[1.5] = 1 end,
    function() table.move({1, 2, 3}, 1, 3, 1, lib) end,
    function() for k in pairs(lib) do lib[k] = nil end end,
  }) do
    if pcall(try) then changed = changed + 1 end
  end
end
return changed
