-- Stacks, queues, deques, ring buffers and sets on tables.
local stack = {}
for i = 1, 5 do stack[#stack + 1] = i end
local o = {}
while #stack > 0 do o[#o + 1] = table.remove(stack) end
print(table.concat(o, " "))
local Deque = {}
Deque.__index = Deque
function Deque.new() return setmetatable({first = 0, last = -1}, Deque) end
function Deque:pushleft(v) self.first = self.first - 1 self[self.first] = v end
function Deque:pushright(v) self.last = self.last + 1 self[self.last] = v end
function Deque:popleft()
  if self.first > self.last then error("empty", 2) end
  local v = self[self.first]
  self[self.first] = nil self.first = self.first + 1
  return v
end
function Deque:popright()
  if self.first > self.last then error("empty", 2) end
  local v = self[self.last]
  self[self.last] = nil self.last = self.last - 1
  return v
end
local d = Deque.new()
for i = 1, 3 do d:pushleft(-i) d:pushright(i) end
print(d:popleft(), d:popright(), d:popleft(), d:popleft(), d:popright(), d:popright(),
  pcall(d.popleft, d))
d:pushright("again")
print(d:popleft())
local Ring = {}
Ring.__index = Ring
function Ring.new(n) return setmetatable({size = n, head = 1, count = 0}, Ring) end
function Ring:add(v)
  local i = (self.head + self.count - 1) % self.size + 1
  self[i] = v
  if self.count < self.size then
    self.count = self.count + 1
  else
    self.head = self.head % self.size + 1
  end
end
function Ring:list()
  local r = {}
  for k = 0, self.count - 1 do r[#r + 1] = self[(self.head + k - 1) % self.size + 1] end
  return table.concat(r, " ")
end
local r = Ring.new(4)
for i = 1, 6 do r:add(i) io.write(r:list(), "; ") end
print()
local function set(l) local s = {} for _, v in ipairs(l) do s[v] = true end return s end
local function list(s)
  local l = {}
  for k in pairs(s) do l[#l + 1] = k end
  table.sort(l)
  return table.concat(l, " ")
end
local a, b = set {1, 2, 3}, set {2, 3, 4}
local u, i, diff = {}, {}, {}
for k in pairs(a) do u[k] = true if b[k] then i[k] = true else diff[k] = true end end
for k in pairs(b) do u[k] = true end
print(list(u), "|", list(i), "|", list(diff))
local q = {}
for k = 1, 200 do table.insert(q, k) end
local sum = 0
for k = 1, 100 do sum = sum + table.remove(q, 1) end
print(sum, #q, q[1])
local matrix = {}
for y = 1, 3 do matrix[y] = {} for x = 1, 3 do matrix[y][x] = y * x end end
local tr = {}
for y = 1, 3 do for x = 1, 3 do tr[x] = tr[x] or {} tr[x][y] = matrix[y][x] end end
print(table.concat(tr[2], " "),
  table.concat(table.move(matrix[3], 1, 3, 4, table.move(matrix[2], 1, 3, 1, {})), " "))
