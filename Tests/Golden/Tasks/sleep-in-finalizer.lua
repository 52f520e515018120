setmetatable({}, { __gc = function()
  local ok, e = pcall(task.sleep, 1) -- here
  text = tostring(e)
end })
collectgarbage()
error(text, 0)
