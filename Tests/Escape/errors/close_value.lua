-- A variable to be closed that loses its metamethod.
-- expect: finished false
return (pcall(function()
  local mt = {__close = function() end}
  local x <close> = setmetatable({}, mt)
  mt.__close = nil
end))
