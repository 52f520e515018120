-- A trie with prefix search, an LRU cache on a linked list, a bloom-like set.
local Trie = {}
Trie.__index = Trie
function Trie.new() return setmetatable({root = {}}, Trie) end
function Trie:add(w)
  local n = self.root
  for c in w:gmatch(".") do n[c] = n[c] or {} n = n[c] end
  n.word = true
end
function Trie:find(p)
  local n = self.root
  for c in p:gmatch(".") do n = n[c] if not n then return {} end end
  local out = {}
  local function walk(node, acc)
    if node.word then out[#out + 1] = acc end
    local ks = {}
    for k in pairs(node) do if k ~= "word" then ks[#ks + 1] = k end end
    table.sort(ks)
    for _, k in ipairs(ks) do walk(node[k], acc .. k) end
  end
  walk(n, p)
  return out
end
local t = Trie.new()
for w in ("car card care cat dog do done car"):gmatch("%a+") do t:add(w) end
for _, p in ipairs {"car", "do", "x", "", "cat"} do print(p, table.concat(t:find(p), " ")) end
local LRU = {}
LRU.__index = LRU
function LRU.new(cap)
  local h, tl = {}, {}
  h.next, tl.prev = tl, h
  return setmetatable({cap = cap, n = 0, map = {}, head = h, tail = tl}, LRU)
end
local function unlink(x) x.prev.next, x.next.prev = x.next, x.prev end
function LRU:_push(x)
  x.next, x.prev = self.head.next, self.head self.head.next.prev = x self.head.next = x
end
function LRU:get(k)
  local x = self.map[k]
  if not x then return nil end
  unlink(x) self:_push(x)
  return x.v
end
function LRU:set(k, v)
  local x = self.map[k]
  if x then x.v = v unlink(x) self:_push(x) return end
  if self.n == self.cap then
    local old = self.tail.prev
    unlink(old) self.map[old.k] = nil self.n = self.n - 1
  end
  x = {k = k, v = v} self.map[k] = x self:_push(x) self.n = self.n + 1
end
function LRU:keys()
  local o, x = {}, self.head.next
  while x ~= self.tail do o[#o + 1] = x.k x = x.next end
  return table.concat(o, " ")
end
local c = LRU.new(3)
for i, k in ipairs {"a", "b", "c"} do c:set(k, i) end
print(c:keys(), c:get "a", c:keys())
c:set("d", 4)
print(c:keys(), c:get "b", c:get "c", c.n)
c:set("a", 10)
print(c:keys(), c:get "a")
local bits = {}
local function hash(s, k)
  local h = k * 7919
  for ch in s:gmatch(".") do h = (h * 33 ~ ch:byte()) & 0xFFFF end
  return h
end
for _, w in ipairs {"x", "y", "z"} do for k = 1, 3 do bits[hash(w, k)] = true end end
local function maybe(w)
  for k = 1, 3 do if not bits[hash(w, k)] then return false end end
  return true
end
print(maybe "x", maybe "y", maybe "nothing at all")
