-- The rule `numericFor` of DialectRules.swift.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() for i = 1, 2, 0 do break end end)
for i = 3, 1, -1 do io.write(tostring(i), " ") end
for i = 1, 2, 0.5 do io.write(tostring(i), " ") end
print()
local n = 0
for i = (math.maxinteger or 5) - 1, (math.maxinteger or 5) do n = n + 1 if n > 5 then break end end
print(n)
try(function() for i = "a", 2 do end end)
try(function() for i = 1, {} do end end)
try(function() for i = "1", 2 do end end)
