-- Table access through metamethods: __index and __newindex functions, chains, rawget, defaults.
local n = tonumber(arg and arg[1]) or 1400000

local function observed(target)
  local reads, writes = 0, 0
  local proxy = setmetatable({}, {
    __index = function(_, key)
      reads = reads + 1
      return target[key]
    end,
    __newindex = function(_, key, value)
      writes = writes + 1
      target[key] = value
    end,
  })
  return proxy, function() return reads, writes end
end

local bottom = { origin = 1 }
local chain = bottom
for depth = 1, 6 do
  chain = setmetatable({ ["level" .. depth] = depth }, { __index = chain })
end

local lazy = setmetatable({}, {
  __index = function(t, key)
    local value = key * key % 1009
    rawset(t, key, value)
    return value
  end,
})

local proxy, counts = observed({ x = 0 })
local sum = 0
for i = 1, n do
  proxy.x = proxy.x + i % 3
  proxy.y = i
  sum = sum + chain.origin + chain.level1 + chain.level6 + lazy[i % 2000 + 1]
  if rawget(lazy, i % 4000) then sum = sum + 1 end
end
local reads, writes = counts()
print(string.format("proxies %d %d %d %d %d", n, proxy.x, sum, reads, writes))
