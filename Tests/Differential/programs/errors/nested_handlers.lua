-- Message handlers that fail are called for their own errors, down to a certain depth.

local function count(raise, fail)
  local calls, told, message = 0, nil, nil
  local ok, result = xpcall(raise, function(m)
    calls = calls + 1
    if not told and string.find(m, "C stack overflow", 1, true) then
      told, message = calls, m
    end
    return fail(calls)
  end)
  print(ok, result, calls, told, message)
end

local function raise() error("first") end

count(raise, function(n) error("again " .. n) end)
count(raise, function(n) error("again " .. n, 0) end)
count(raise, function(n) return n + nil end)
count(function() return nil + 1 end, function(n) error("again") end)
count(raise, function(n)
  if n < 5 then error("again") end
  return "after " .. n
end)

-- The way down to a number, and too far down.
local function down(n)
  if type(n) ~= "number" then return n end
  if n == 0 then return "end" end
  error(n - 1)
end

print(xpcall(function() error(20) end, down))
print(xpcall(function() error(150) end, down))

-- What was raised in a handler is not kept.
print(pcall(error, "plain"))
print(xpcall(raise, function(m) return (string.gsub(m, "^.-:%d+: ", "")) end))

-- A protected call in a handler stops the errors in it.
print(xpcall(raise, function()
  local ok, m = pcall(error, "inner", 0)
  return m
end))
