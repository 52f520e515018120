-- A table that cannot grow keeps what it has.
local kept = {}
local ok, message = pcall(function()
  for n = 1, math.huge do kept["key " .. n] = n end
end)
assert(not ok and message == "not enough memory", message)
local count = 0
for key, value in pairs(kept) do
  assert(key == "key " .. value)
  count = count + 1
end
assert(count > 10000 and kept["key 1"] == 1 and kept["key " .. count] == count)
for n = 1, count do kept["key " .. n] = nil end
assert(next(kept) == nil)
kept.new = 1
assert(next(kept) == "new" and kept["key 1"] == nil)
