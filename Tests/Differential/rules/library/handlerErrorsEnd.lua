-- An error in a message handler becomes "error in error handling" at once.
local n = 0
print(xpcall(function() error("first", 0) end, function(m)
  n = n + 1
  if n < 3 then error("again", 0) end
  return "settled after " .. n .. ": " .. tostring(m)
end))
