-- Small objects: trees made and walked.
local leaf = { tag = "Leaf" }

local function make(depth)
  if depth == 0 then return leaf end
  return { tag = "Node", make(depth - 1), make(depth - 1) }
end

local function check(tree)
  if tree.tag == "Leaf" then return 1 end
  return 1 + check(tree[1]) + check(tree[2])
end

local long_lived = make(14)
local total = 0
for depth = 4, 14, 2 do
  local count = 2 ^ (14 - depth + 4)
  for _ = 1, count do total = total + check(make(depth)) end
end
print(string.format("%.14g\t%.14g", total, check(long_lived)))
