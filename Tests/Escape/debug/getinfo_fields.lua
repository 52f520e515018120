-- No function, table of a caller or userdata in anything that getinfo tells.
-- expect: finished 0
local reach = 0
for level = 0, 5 do
  for _, v in pairs(debug.getinfo(level) or {}) do
    if type(v) ~= "string" and type(v) ~= "number" and type(v) ~= "boolean" then reach = reach + 1 end
  end
end
return reach
