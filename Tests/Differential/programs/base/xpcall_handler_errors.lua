-- An error inside a message handler is handled again by it, and ends in a status error.
local n = 0
local ok, e = xpcall(error, function(m)
  n = n + 1
  if n < 3 then error("again " .. n, 0) end
  return "settled after " .. n .. ": " .. tostring(m)
end, "start")
print(ok, e)
-- a handler that fails with nil still returns
local k = 0
print(xpcall(error, function(m)
  k = k + 1
  if k == 1 then error() end
  return type(m)
end, "x"))
-- error objects pass through a failing handler
local obj = {}
local seen
print((xpcall(function() error(obj) end, function(m)
  if m == obj then error("replaced", 0) end
  seen = m
  return m
end)), seen)
-- handler called for a string method failure
print(xpcall(function() return ("x"):nosuch() end, function(m)
  return (m:gsub("^.-:%d+: ", ""))
end))
-- a handler is not in force for errors caught by an inner pcall
local calls = 0
print(xpcall(function()
  pcall(error, "inner")
  pcall(error, "inner")
  return "done"
end, function() calls = calls + 1 end), calls)
-- an inner xpcall handler replaces the outer, then the outer is back
print(xpcall(function()
  print(xpcall(error, function(m) return "in " .. m end, "1"))
  error("2", 0)
end, function(m) return "out " .. m end))
