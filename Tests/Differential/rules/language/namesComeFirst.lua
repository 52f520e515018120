-- The rule `namesComeFirst` of DialectRules.swift.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() local x return x.y end)
try(function() return undefined.y end)
try(function() local t = {} return t.a.b end)
try(function() local t = {} t.f() end)
try(function() return 1 + {} end)
