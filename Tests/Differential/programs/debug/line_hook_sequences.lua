-- The lines that a line hook sees in loops, branches, calls and multi-line statements.
local function trace(f, ...)
  local o = {}
  local base = debug.getinfo(f, "S").linedefined
  debug.sethook(function(_, l)
    local i = debug.getinfo(2, "f")
    if i.func == f then o[#o + 1] = l - base end
  end, "l")
  f(...) debug.sethook()
  print(table.concat(o, " "))
end
trace(function()
  local x = 1
  if x == 2 then
    x = 3
  else
    x = 4
  end
  return x
end)
trace(function()
  local s = 0
  for i = 1, 3 do
    s = s + i
  end
  while s > 5 do
    s = s - 1
  end
end)
trace(function(a)
  local t = {
    1,
    2,
  }
  for _, v in ipairs(t) do
    a = a + v
  end
  repeat
    a = a - 1
  until a < 1
end, 2)
trace(function()
  goto skip
  do return end
  ::skip::
  local f = function()
    return 1
  end
  f()
end)
