-- Coroutines as generators: a pipeline of sources, filters and a consumer, and tree walks.
local n = tonumber(arg and arg[1]) or 1100000

local wrap, yield = coroutine.wrap, coroutine.yield

local function count(limit)
  return wrap(function()
    for i = 1, limit do yield(i) end
  end)
end

local function keep(source, test)
  return wrap(function()
    for value in source do
      if test(value) then yield(value) end
    end
  end)
end

local function pairsOf(source)
  return wrap(function()
    local previous
    for value in source do
      if previous then yield(previous, value) end
      previous = value
    end
  end)
end

local sum = 0
local odd = keep(count(n), function(x) return x % 2 == 1 end)
for a, b in pairsOf(keep(odd, function(x) return x % 3 ~= 0 end)) do
  sum = (sum + a * (b - a)) % 1000000007
end

local function tree(depth)
  if depth == 0 then return { value = 1 } end
  return { value = depth, left = tree(depth - 1), right = tree(depth - 1) }
end

local function walk(node)
  if node.left then walk(node.left) end
  yield(node.value)
  if node.right then walk(node.right) end
end

local root, visited = tree(8), 0
for _ = 1, n / 1200 do
  for value in wrap(function() walk(root) end) do visited = visited + value end
end
print(string.format("generators %d %d %d", n, sum, visited))
