-- Other spellings of an allowed address are not the address.
-- grants: network
-- expect: finished 0
local n = 0
for _, host in ipairs({"127.1", "0x7f000001", "2130706433", "localhost", "::1", "127.0.0.1 ", "127.0.0.1\0x", "", "@127.0.0.1"}) do
  if pcall(net.connect, host, 1) then n = n + 1 end
end
for _, port in ipairs({0, -1, 65536, 65537, 1.5, 22}) do
  if pcall(net.connect, "127.0.0.1", port) then n = n + 1 end
end
return n
