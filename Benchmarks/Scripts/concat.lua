-- Strings grown piece by piece with `..`, as scripts do without thinking.
local n = tonumber(arg and arg[1]) or 21000

local text = ""
for i = 1, n do
  text = text .. i .. ","
end

local lengths, sum = 0, 0
for i = 1, n * 30 do
  local key = "item-" .. i % 1000 .. "/" .. (i % 17) .. ":" .. "x"
  lengths = lengths + #key
  if key == "item-17/0:x" then sum = sum + i end
end
print(string.format("concat %d %d %d %d %s", n, #text, lengths, sum, text:sub(-12)))
