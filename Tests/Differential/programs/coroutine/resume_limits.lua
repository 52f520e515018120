-- More values than a stack holds come neither into a coroutine nor out of it.
local lim = 1000000

local function send(count)
  local co = coroutine.create(function(...) return select("#", ...) end)
  local function go(...) return coroutine.resume(co, ...) end
  local ok, ran, message = pcall(go, table.unpack({}, 1, count))
  return ok, ran, message, coroutine.status(co)
end
print(send(100000))

local function receive(count)
  local co = coroutine.create(function() return table.unpack({}, 1, count) end)
  local results = table.pack(coroutine.resume(co))
  return results.n, results[1], results.n < 10 and results[2], coroutine.status(co)
end
print(receive(100000))
print(receive(lim + 1))

-- A sender that has room where the receiver has none.
local function fill(n, ...)
  local results = table.pack(coroutine.resume(coroutine.create(function()
    return table.unpack({}, 1, n)
  end)))
  return results.n, results[1], results.n < 10 and results[2], select("#", ...)
end
print(pcall(fill, 900000))
local function below(...)
  local n, ok, message = fill(900000)
  return n, ok, message, select("#", ...)
end
print(pcall(below, table.unpack({}, 1, 200000)))

local suspended
local function wrapped(...)
  suspended = coroutine.wrap(function()
    coroutine.yield(table.unpack({}, 1, 900000))
    return "goes on"
  end)
  local ok, message = pcall(suspended)
  return ok, message, select("#", ...)
end
print(pcall(wrapped, table.unpack({}, 1, 200000)))
print(pcall(suspended))

local finished
local function ended(...)
  finished = coroutine.wrap(function() return table.unpack({}, 1, 900000) end)
  local ok, message = pcall(function() return (finished()) end)
  return ok, message, select("#", ...)
end
print(pcall(ended, table.unpack({}, 1, 200000)))
print(pcall(finished))
print(pcall(coroutine.wrap(function() error() end)))
print(pcall(coroutine.wrap(function()
  local _ <close> = setmetatable({}, { __close = function() error("closing", 0) end })
  error()
end)))
