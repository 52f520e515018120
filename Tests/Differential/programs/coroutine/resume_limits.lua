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
for _, count in ipairs { lim - 10, lim, lim + 1 } do
  local n, ok, message, status = receive(count)
  print(n, ok, message, status)
end

local wrapped = coroutine.wrap(function() return table.unpack({}, 1, lim - 40) end)
print(pcall(function() local n = select("#", wrapped()) return n end))
