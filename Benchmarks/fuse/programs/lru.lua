-- A cache of the values that were used last: a table and a list that is linked both ways.
local Cache = {}
Cache.__index = Cache

function Cache.new(size)
  return setmetatable({ size = size, count = 0, hits = 0, entries = {} }, Cache)
end

function Cache:unlink(entry)
  if entry.newer then entry.newer.older = entry.older else self.newest = entry.older end
  if entry.older then entry.older.newer = entry.newer else self.oldest = entry.newer end
end

function Cache:put_first(entry)
  entry.newer = nil
  entry.older = self.newest
  if self.newest then self.newest.newer = entry else self.oldest = entry end
  self.newest = entry
end

function Cache:get(key)
  local entry = self.entries[key]
  if entry then
    self.hits = self.hits + 1
    self:unlink(entry)
    self:put_first(entry)
    return entry.value
  end
end

function Cache:set(key, value)
  if self.count >= self.size then
    local oldest = self.oldest
    if oldest then
      self:unlink(oldest)
      self.entries[oldest.key] = nil
      self.count = self.count - 1
    end
  end
  local entry = { key = key, value = value }
  self.entries[key] = entry
  self:put_first(entry)
  self.count = self.count + 1
end

local cache = Cache.new(500)
local seed = 42
local length = 0
for _ = 1, 400000 do
  seed = (seed * 1103 + 12345) % 65536
  local key = seed % 800
  local text = cache:get(key)
  if text then
    length = length + #text
  else
    cache:set(key, "value " .. key)
  end
end
print(cache.hits, length)
