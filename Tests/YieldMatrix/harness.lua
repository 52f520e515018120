-- Runs one operation in several ways and demands the same results and the same order of callbacks.
--
-- An operation is a function of `mark`. It calls `mark(label, ...)` wherever a callback of its runs;
-- `mark` gives back what follows the label. In the plain way `mark` only notes the label. In the
-- others the operation runs in a coroutine and every `mark` yields twice:
--   yield      straight in the coroutine
--   protected  below a pcall
--   relayed    in a second coroutine, whose yields the first passes on
--   collected  straight, with a full collection at each yield
local M = {}
local passed, failures = 0, {}

-- A text for a value that depends on contents only.
local function show(v, depth)
  if type(v) == "table" and (depth or 0) < 4 then
    local parts = {}
    for k, x in next, v do
      parts[#parts + 1] = show(k, 4) .. "=" .. show(x, (depth or 0) + 1)
    end
    table.sort(parts)
    return "{" .. table.concat(parts, ",") .. "}"
  elseif type(v) == "string" then
    return string.format("%q", v)
  elseif type(v) == "number" or type(v) == "boolean" or v == nil then
    return tostring(v)
  end
  return type(v)
end

local function showAll(...)
  local parts = {}
  for i = 1, select("#", ...) do parts[i] = show((select(i, ...))) end
  return table.concat(parts, " ")
end

local function plain(operation)
  local log = {}
  local function mark(label, ...)
    log[#log + 1] = label
    return ...
  end
  return showAll(pcall(operation, mark)), log
end

local ways = {}

function ways.yield(operation, mark)
  return coroutine.create(function() return operation(mark) end)
end

function ways.protected(operation, mark)
  return coroutine.create(function()
    local r = table.pack(pcall(operation, mark))
    if not r[1] then error(r[2], 0) end
    return table.unpack(r, 2, r.n)
  end)
end

function ways.relayed(operation, mark)
  return coroutine.create(function()
    local inner = coroutine.create(function() return operation(mark) end)
    local r = table.pack(coroutine.resume(inner))
    while coroutine.status(inner) == "suspended" do
      r = table.pack(coroutine.resume(inner, coroutine.yield(table.unpack(r, 2, r.n))))
    end
    if not r[1] then error(r[2], 0) end
    return table.unpack(r, 2, r.n)
  end)
end

ways.collected = ways.yield

local function suspended(operation, way)
  local log, yielded = {}, {}
  local function mark(label, ...)
    log[#log + 1] = label
    for i = 1, 2 do
      local a, b, c = coroutine.yield(label, i)
      assert(a == "token" and b == i and c == nil, "resume values were lost")
    end
    return ...
  end
  local co = ways[way](operation, mark)
  local r = table.pack(coroutine.resume(co))
  while coroutine.status(co) == "suspended" do
    assert(r.n == 3, "yielded values were lost")
    yielded[#yielded + 1] = r[2] .. "/" .. r[3]
    if way == "collected" then collectgarbage() end
    r = table.pack(coroutine.resume(co, "token", r[3]))
  end
  return showAll(table.unpack(r, 1, r.n)), log, yielded
end

-- Runs one case; `M.case(name, least, operation)` also demands that at least so many callbacks ran.
function M.case(name, least, operation)
  local result, log = plain(operation)
  local function fail(way, what) failures[#failures + 1] = name .. " (" .. way .. "): " .. what end
  if #log < least then
    fail("plain", #log .. " callbacks ran, " .. least .. " expected: " .. result)
  end
  local wanted = table.concat(log, " ")
  local twice = {}
  for _, label in ipairs(log) do
    twice[#twice + 1] = label .. "/1"
    twice[#twice + 1] = label .. "/2"
  end
  for _, way in ipairs { "yield", "protected", "relayed", "collected" } do
    local got, order, yielded = suspended(operation, way)
    if got ~= result then fail(way, "result " .. got .. "\n    instead of " .. result) end
    if table.concat(order, " ") ~= wanted then
      fail(way, "callbacks " .. table.concat(order, " ") .. "\n    instead of " .. wanted)
    end
    if table.concat(yielded, " ") ~= table.concat(twice, " ") then
      fail(way, "yields " .. table.concat(yielded, " "))
    end
  end
  passed = passed + 1
end

-- A check that is no matrix case: `ok` or a failure with the rest as its text.
function M.check(name, ok, ...)
  if not ok then failures[#failures + 1] = name .. ": " .. showAll(...) end
  passed = passed + 1
end

-- The last call of each file.
function M.finish()
  if #failures > 0 then
    print(table.concat(failures, "\n"))
    print(#failures .. " failures in " .. passed .. " cases")
    os.exit(1, true)
  end
  print(passed .. " cases passed")
end

return M
