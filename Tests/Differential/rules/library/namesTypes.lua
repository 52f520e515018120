-- Messages and `tostring` call a type what its metatable's `__name` says.
local t = setmetatable({}, {__name = "My Type"})
print((tostring(t):gsub("0x%x+", "0x")))
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() return t + 1 end)
try(function() return ("x"):rep(t) end)
