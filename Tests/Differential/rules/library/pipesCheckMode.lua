-- `io.popen` checks its mode.
-- (The reference of 5.1 crashes when it is asked.)
if _VERSION ~= "Lua 5.1" then
  local ok, _, m = pcall(io.popen, "true", "q")
  print(ok, m)
end
