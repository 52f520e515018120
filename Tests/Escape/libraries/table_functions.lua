-- Functions that write tables on a script's behalf.
-- expect: finished true
local left = true
for _, f in ipairs({
  function() table.insert(string, "x") end, function() table.insert(math, 1, "x") end,
  function() table.move({1, 2}, 1, 2, 1, string) end, function() table.remove(string, 1) end,
  function() table.sort(string, function() return true end) end,
}) do pcall(f) end
return #string == 0 and string[1] == nil and math[1] == nil
