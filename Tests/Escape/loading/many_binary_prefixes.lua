-- Every short string that begins like a binary chunk is refused in order.
-- expect: finished 4096
local refused = 0
for i = 0, 4095 do
  local f = load("\27" .. string.char(i % 256, i // 256) .. ("x"):rep(i % 40))
  if not f then refused = refused + 1 end
end
return refused
