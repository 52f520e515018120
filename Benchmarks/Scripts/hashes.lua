-- String hashing with plain arithmetic, and a hash table written in Lua on top of it.
local n = tonumber(arg and arg[1]) or 60000

local byte = string.byte

local function hash(text)
  local h = 5381
  for i = 1, #text do h = (h * 33 + byte(text, i)) % 4294967296 end
  return h
end

local Map = {}
Map.__index = Map

function Map.new()
  return setmetatable({ keys = {}, values = {}, capacity = 64, count = 0 }, Map)
end

function Map:slot(key)
  local keys, capacity = self.keys, self.capacity
  local at = hash(key) % capacity + 1
  while keys[at] ~= nil and keys[at] ~= key do
    at = at % capacity + 1
  end
  return at
end

function Map:grow()
  local keys, values, capacity = self.keys, self.values, self.capacity
  self.keys, self.values, self.capacity, self.count = {}, {}, capacity * 2, 0
  for at = 1, capacity do
    if keys[at] ~= nil then self:put(keys[at], values[at]) end
  end
end

function Map:put(key, value)
  local at = self:slot(key)
  if self.keys[at] == nil then
    self.keys[at] = key
    self.count = self.count + 1
  end
  self.values[at] = value
  if self.count * 3 > self.capacity * 2 then self:grow() end
end

function Map:get(key)
  return self.values[self:slot(key)]
end

local map = Map.new()
for i = 1, n do map:put("key" .. i * 7919 % 65521, i) end
local sum, missing = 0, 0
for i = 1, n do
  local value = map:get("key" .. i)
  if value then sum = (sum + value) % 1000000007 else missing = missing + 1 end
end
print(string.format("hashes %d %d %d %d", n, map.count, missing, sum))
