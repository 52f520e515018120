-- A closing method that needs memory when there is none.
-- limits: memory=8000000 fuel=300000000 time=20000
-- expect: finished false
return (pcall(function()
  local t = {}
  local x <close> = setmetatable({}, {__close = function() for i = 1, 1e9 do t[i] = {i} end end})
  for i = 1, 1e9 do t[i] = {i} end
end))
