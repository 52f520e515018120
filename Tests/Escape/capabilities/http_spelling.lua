-- Other spellings of an allowed address are not the address, and what servers read otherwise is refused.
-- grants: network
-- expect: finished 0
local n = 0
for _, host in ipairs({"127.1", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1:2", "127.0.0.1:80",
  "example.org@127.0.0.1:1", "127.0.0.1:1@example.org", "127.0.0.1\\@example.org", "127.0.0.1#@example.org:1",
  "127.0.0.1.:1", "127.0.0.1%00.example.org", "127.0.0.1\0.example.org", "１２７.0.0.1:1", "127.0.0.1:1 x"}) do
  if pcall(http.request, "http://" .. host .. "/") then n = n + 1 end
end
return n
