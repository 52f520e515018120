-- `__tostring` may return any value.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(tostring, setmetatable({}, {__tostring = function() return 5 end}))
try(tostring, setmetatable({}, {__tostring = function() return true end}))
