-- Graph search over adjacency lists: breadth-first distances and connected components.
local n = tonumber(arg and arg[1]) or 70000

local seed = 17
local function random(limit)
  seed = (seed * 16807) % 2147483647
  return seed % limit + 1
end

local neighbours = {}
for v = 1, n do neighbours[v] = {} end
local function connect(a, b)
  local na, nb = neighbours[a], neighbours[b]
  na[#na + 1] = b
  nb[#nb + 1] = a
end
for _ = 1, n do connect(random(n), random(n)) end
for v = 2, n / 2 do connect(v, random(v - 1)) end

local function distances(source)
  local distance, queue, head = { [source] = 0 }, { source }, 1
  while queue[head] do
    local v = queue[head]
    head = head + 1
    for _, w in ipairs(neighbours[v]) do
      if not distance[w] then
        distance[w] = distance[v] + 1
        queue[#queue + 1] = w
      end
    end
  end
  return distance, queue
end

local total, farthest = 0, 0
for source = 1, 3 do
  local distance, order = distances(source)
  for i = 1, #order do
    total = total + distance[order[i]]
    farthest = math.max(farthest, distance[order[i]])
  end
end

local component, components = {}, 0
local function mark(v)
  local stack = { v }
  while #stack > 0 do
    local top = table.remove(stack)
    if not component[top] then
      component[top] = components
      for _, w in ipairs(neighbours[top]) do stack[#stack + 1] = w end
    end
  end
end
for v = 1, n do
  if not component[v] then
    components = components + 1
    mark(v)
  end
end
print(string.format("graph %d %d %d %d", n, total, farthest, components))
