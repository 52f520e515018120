-- Variables to be closed in finalizers.
-- limits: fuel=5000000 time=5000
-- expect: finished true
for i = 1, 10 do
  setmetatable({}, {__gc = function()
    local x <close> = setmetatable({}, {__close = function() error("x") end})
  end})
end
collectgarbage()
return true
