-- Allocation: makes and walks many short-lived binary trees beside one that stays.
local n = tonumber(arg and arg[1]) or 16

local function make(depth)
  if depth == 0 then return {} end
  return { make(depth - 1), make(depth - 1) }
end

local function size(tree)
  local left = tree[1]
  if left == nil then return 1 end
  return 1 + size(left) + size(tree[2])
end

local kept = make(n)
local nodes = 0
for depth = 4, n, 2 do
  for _ = 1, 2 ^ (n - depth + 2) do nodes = nodes + size(make(depth)) end
end
print(string.format("binarytrees %d %d %d", n, nodes, size(kept)))
