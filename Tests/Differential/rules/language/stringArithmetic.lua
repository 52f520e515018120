-- The rule `stringArithmetic` of DialectRules.swift.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
print("10" + 5, "3" * "4", -"2", 10 .. 20, "0x10" + 0, "1e1" + 0)
print(getmetatable("").__add ~= nil)
try(function() return "x" + 1 end)
