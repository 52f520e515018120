local text
debug.sethook(function()
  debug.sethook()
  local ok, e = pcall(task.sleep, 1) -- here
  text = tostring(e)
end, "", 100)
for i = 1, 1000 do local _ = i end
error(text, 0)
