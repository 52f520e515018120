-- `ipairs` asks `__ipairs`.
for i, v in ipairs(setmetatable({1, 2}, {__ipairs = function(t)
  return function(_, i) if i < 4 then return i + 1, "own" end end, t, 0
end})) do print(i, v) end
