-- Files that come and go leave nothing behind in the layer that remembers what was removed.
-- grants: overlay
-- limits: memory=1000000 bytes=1000 files=20 fuel=200000000 time=20000
-- expect: finished true
local long = ("n"):rep(240)
for i = 1, 5000 do
  local name = long .. i
  assert(io.open(name, "w")):close()
  os.rename(name, "other")
  os.remove("other")
end
return true
