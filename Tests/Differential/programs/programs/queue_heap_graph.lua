-- Priority queue, shortest paths, topological order, union-find, breadth first search.
local Heap = {}
Heap.__index = Heap
function Heap.new(less)
  return setmetatable({n = 0, less = less or function(a, b) return a < b end}, Heap)
end
function Heap:push(v)
  self.n = self.n + 1
  local i = self.n
  self[i] = v
  while i > 1 and self.less(self[i], self[i // 2]) do
    self[i], self[i // 2] = self[i // 2], self[i]
    i = i // 2
  end
end
function Heap:pop()
  if self.n == 0 then return nil end
  local top = self[1]
  self[1], self[self.n] = self[self.n], nil self.n = self.n - 1
  local i = 1
  while true do
    local l, r, m = 2 * i, 2 * i + 1, i
    if l <= self.n and self.less(self[l], self[m]) then m = l end
    if r <= self.n and self.less(self[r], self[m]) then m = r end
    if m == i then break end
    self[i], self[m] = self[m], self[i] i = m
  end
  return top
end
local h = Heap.new()
for _, v in ipairs {5, 3, 8, 1, 9, 2, 7} do h:push(v) end
local out = {}
for v in function() return h:pop() end do out[#out + 1] = v end
print(table.concat(out, " "), h:pop())
local g = {A = {B = 4, C = 1}, B = {D = 1}, C = {B = 2, D = 5}, D = {E = 3}, E = {}, F = {}}
local function dijkstra(src)
  local dist, q = {[src] = 0}, Heap.new(function(a, b)
    return a[1] < b[1] or a[1] == b[1] and a[2] < b[2]
  end)
  q:push {0, src}
  while q.n > 0 do
    local d, u = table.unpack(q:pop())
    if d == dist[u] then
      for v, w in pairs(g[u]) do
        if d + w < (dist[v] or math.huge) then dist[v] = d + w q:push {d + w, v} end
      end
    end
  end
  return dist
end
local d = dijkstra "A"
for _, k in ipairs {"A", "B", "C", "D", "E", "F"} do io.write(k, "=", tostring(d[k]), " ") end
print()
local deps = {shirt = {"belt", "tie"}, tie = {"jacket"}, pants = {"shoes", "belt"}, belt =
  {"jacket"}, socks = {"shoes"}, shoes = {}, jacket = {}}
local function topo(graph)
  local names = {}
  for k in pairs(graph) do names[#names + 1] = k end
  table.sort(names)
  local state, order = {}, {}
  local function visit(n)
    if state[n] == "done" then return end
    if state[n] then error("cycle at " .. n, 0) end
    state[n] = "open"
    for _, m in ipairs(graph[n]) do visit(m) end
    state[n] = "done" table.insert(order, 1, n)
  end
  for _, n in ipairs(names) do visit(n) end
  return table.concat(order, " ")
end
print(topo(deps))
print(pcall(topo, {a = {"b"}, b = {"a"}}))
local parent = {}
local function find(x)
  if parent[x] == nil then parent[x] = x end
  if parent[x] ~= x then parent[x] = find(parent[x]) end
  return parent[x]
end
local function union(a, b) parent[find(a)] = find(b) end
for _, p in ipairs {{1, 2}, {3, 4}, {2, 3}, {5, 6}} do union(p[1], p[2]) end
print(find(1) == find(4), find(1) == find(5), find(5) == find(6), find(7) == 7)
local maze = {"S.#.", "..#.", "#...", "..#E"}
local function bfs()
  local seen, q, head = {["1,1"] = 0}, {{1, 1}}, 1
  while q[head] do
    local r, c = table.unpack(q[head])
    head = head + 1
    local dd = seen[r .. "," .. c]
    if maze[r]:sub(c, c) == "E" then return dd, head end
    for _, m in ipairs {{0, 1}, {1, 0}, {0, -1}, {-1, 0}} do
      local nr, nc = r + m[1], c + m[2]
      local cell = maze[nr] and maze[nr]:sub(nc, nc)
      if cell and cell ~= "" and cell ~= "#" and not seen[nr .. "," .. nc] then
        seen[nr .. "," .. nc] = dd + 1 q[#q + 1] = {nr, nc}
      end
    end
  end
end
print(bfs())
