-- Library functions over whole strings: reverse, upper, lower, rep, find, comparison.
local n = tonumber(arg and arg[1]) or 650000

local words = {}
for word in ("Wherever the Nightjar churrs at dusk a listener stands quite still and counts "
  .. "the seconds between its phrases"):gmatch("%a+") do
  words[#words + 1] = word
end

local total, order, hits = 0, 0, 0
for i = 1, n do
  local a, b = words[i % #words + 1], words[i * 7 % #words + 1]
  local up, back = a:upper(), b:reverse():lower()
  local line = (up .. "-"):rep(i % 3 + 1, "") .. back
  total = total + #line + line:len()
  if a < b then order = order + 1 end
  if up:lower() <= back then order = order + 1 end
  if line:find("S-", 1, true) then hits = hits + 1 end
  if line:sub(-#back) == back and line:sub(1, #up) == up then hits = hits + 1 end
end
print(string.format("strings %d %d %d %d", n, total, order, hits))
