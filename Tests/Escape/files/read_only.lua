-- Writing in every way where only reading is granted.
-- grants: readonly
-- expect: finished 0
local done = 0
for _, f in ipairs({
  function() return io.open("sub/file", "w") end, function() return io.open("sub/file", "a") end,
  function() return io.open("sub/file", "r+") end, function() return io.open("new", "w") end,
  function() return os.remove("sub/file") end, function() return os.rename("sub/file", "x") end,
  function() return io.output("x") end, function() return io.tmpfile() end, function() return os.tmpname() end,
}) do
  local ok, result = pcall(f)
  if ok and result then done = done + 1 end
end
return done
