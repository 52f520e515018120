-- The fourth value of a generic loop is closed on every way out.
local log = {}
local function closer(n)
  return setmetatable({}, {__close = function(_, e) log[#log + 1] = n .. ":" .. tostring(e) end})
end
local function range(n, name)
  return function(_, i) if i < n then return i + 1 end end, nil, 0, closer(name)
end
for i in range(3, "end") do end
for i in range(3, "break") do if i == 2 then break end end
local function ret() for i in range(3, "return") do if i == 2 then return "v" .. i end end end
print(ret())
for i in range(3, "goto") do if i == 1 then goto out end end
::out::
print(pcall(function() for i in range(3, "error") do error("E" .. i, 0) end end))
for i in range(0, "empty") do end
print(table.concat(log, " "))
log = {}
for i in range(2, "outer") do for j in range(2, "inner" .. i) do if j == 2 then break end end end
print(table.concat(log, " "))
log = {}
print(pcall(function()
  for i in (function() error("iterator", 0) end), nil, nil, closer "it" do end
end))
for i in range(1, "n1"), nil, 0, nil do end
print(table.concat(log, " "))
log = {}
local co = coroutine.wrap(function()
  for i in range(3, "co") do coroutine.yield(i) end
  return "done"
end)
print(co(), co(), co(), co())
local c2 = coroutine.create(function() for i in range(3, "closed") do coroutine.yield(i) end end)
coroutine.resume(c2)
print(coroutine.close(c2), table.concat(log, " "))
print(pcall(function() for i in range(1, "x"), nil, 0, 5 do end end))
print(pcall(function() for i in next, {}, nil, setmetatable({}, {}) do end end))
for k, v in pairs({1}) do print(k, v) end
