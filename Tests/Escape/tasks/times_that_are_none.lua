-- Gives times and counts that are no numbers, endless, or negative beyond measure.
-- grants: tasks
-- expect: finished true
local nan, inf = 0 / 0, 1 / 0
local strange = { nan, -nan, inf, -inf, 1e308, -1e308, 1e-320, math.maxinteger, math.mininteger, 2 ^ 63, "0x1p70", "nan" }
local function nothing() end
for _, n in ipairs(strange) do
  pcall(task.timeout, 0, task.sleep, n)
  pcall(task.timeout, n, nothing)
  pcall(task.within, n, nothing)
  pcall(task.shield, n, nothing)
  pcall(task.after, n)
  pcall(task.timeout, 0, task.select, { task.after(0), task.after(1) })
  pcall(task.channel, n)
  pcall(task.semaphore, n)
  pcall(task.stream, n, nothing)
  pcall(task.map, { 1 }, n, nothing)
  pcall(task.scope, { deadline = n }, nothing)
  pcall(task.scope, { grace = n }, nothing)
  pcall(task.scope, { max_tasks = n }, function(s) s:spawn(nothing) end)
  pcall(task.scope, { deadline = n, grace = n, max_tasks = n, on_error = n, name = n }, nothing)
end
return not pcall(task.scope, { deadline = nan }, nothing) and not pcall(task.scope, { grace = nan }, nothing)
