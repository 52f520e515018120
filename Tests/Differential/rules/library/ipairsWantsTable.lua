-- `ipairs` refuses what is no table.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() for _ in ipairs(5) do end end)
try(function() for _, c in ipairs("ab") do print(c) end end)
