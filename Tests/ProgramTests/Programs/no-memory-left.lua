-- Runs in a process that gets little address space: the system refuses before any limit does.
local function refused(body)
  local ok, message = pcall(body)
  print(ok, message)
  collectgarbage()
end

refused(function()
  local list = {}
  while true do list = { list } end
end)
refused(function()
  local array = {}
  for index = 1, math.huge do array[index] = { index } end
end)
refused(function()
  local names = {}
  for index = 1, math.huge do names["k" .. index] = index end
end)
refused(function()
  local functions = {}
  for index = 1, math.huge do functions[index] = function() return index end end
end)
refused(function()
  local fibers = {}
  for index = 1, math.huge do fibers[index] = coroutine.create(print) end
end)

-- What is left works as ever.
local parts = {}
for index = 1, 1e5 do parts[index] = tostring(index) end
print(#table.concat(parts))
local list = {}
while true do list = { list } end
