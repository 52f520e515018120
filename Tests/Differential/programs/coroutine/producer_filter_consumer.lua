-- Push and pull pipelines with values in both directions.
local function producer(list)
  return coroutine.create(function()
    for _, v in ipairs(list) do
      local cmd = coroutine.yield(v)
      if cmd == "stop" then return "stopped early" end
    end
    return "exhausted"
  end)
end
local function drive(co, cmds)
  local out = {}
  for i = 1, 10 do
    local ok, v = coroutine.resume(co, cmds[i])
    out[#out + 1] = tostring(v)
    if coroutine.status(co) == "dead" then break end
  end
  return table.concat(out, " ")
end
print(drive(producer {1, 2, 3}, {}))
print(drive(producer {1, 2, 3}, {nil, "go", "stop"}))
print(drive(producer {}, {}))
local function numbered(src)
  return coroutine.wrap(function()
    local n = 0
    for v in src do n = n + 1 coroutine.yield(n, v) end
  end)
end
local function lines(s)
  return coroutine.wrap(function() for l in s:gmatch("[^\n]+") do coroutine.yield(l) end end)
end
for n, l in numbered(lines "alpha\nbeta\ngamma") do io.write(n, "=", l, " ") end
print()
local function merge(a, b)
  return coroutine.wrap(function()
    local x, y = a(), b()
    while x or y do
      if not y or x and x <= y then coroutine.yield(x) x = a() else coroutine.yield(y) y = b() end
    end
  end)
end
local function list(t)
  return coroutine.wrap(function() for _, v in ipairs(t) do coroutine.yield(v) end end)
end
for v in merge(list {1, 4, 6}, merge(list {2, 3}, list {5, 7, 8})) do io.write(v, " ") end
print()
local acc = coroutine.wrap(function(first)
  local sum, n = first, 1
  while true do local v = coroutine.yield(sum / n) sum, n = sum + v, n + 1 end
end)
print(acc(10), acc(20), acc(30))
local function zip(a, b)
  return coroutine.wrap(function()
    while true do
      local x, y = a(), b()
      if x == nil or y == nil then return end
      coroutine.yield(x, y)
    end
  end)
end
for a, b in zip(list {1, 2, 3}, list {"a", "b"}) do io.write(a, b, " ") end
print()
