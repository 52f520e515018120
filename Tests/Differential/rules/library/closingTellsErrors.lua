-- `__close` gets a second argument without an error, too.
local f = (loadstring or load)([[
  local n
  do local x <close> = setmetatable({}, {__close = function(...) n = select("#", ...) end}) end
  return n]])
print(f and f())
