-- Where a yield cannot be: outside of coroutines, in hooks, in finalizers. Each says so.
local M = dofile "harness.lua"
local check = M.check

local ok, e = pcall(coroutine.yield, 1)
check("yield outside a coroutine", not ok and type(e) == "string" and e:find("yield", 1, true), ok,
  e)
check("isyieldable outside a coroutine", coroutine.isyieldable() == false)

for _, mask in ipairs { "c", "r", "l", "" } do
  local seen, yieldable
  local co = coroutine.create(function()
    local function f() local x = 1 return x end
    debug.sethook(function()
      debug.sethook()
      seen = table.pack(pcall(coroutine.yield, "from hook"))
      yieldable = coroutine.isyieldable()
    end, mask, mask == "" and 1 or 0)
    for i = 1, 10 do f() end
    debug.sethook()
    return "body goes on"
  end)
  local r = table.pack(coroutine.resume(co))
  check("hook '" .. mask .. "' runs", seen, mask)
  check("hook '" .. mask .. "' refuses", seen and seen[1] == false and
    tostring(seen[2]):find("yield", 1, true), seen)
  check("hook '" .. mask .. "' is not yieldable", yieldable == false, yieldable)
  check("hook '" .. mask .. "' leaves the body alone", r[1] == true and r[2] == "body goes on", r)
end

-- An unprotected yield in a hook is an error of the hooked function.
local co = coroutine.create(function()
  debug.sethook(function() debug.sethook() coroutine.yield() end, "l")
  local x = 1
  return x
end)
ok, e = coroutine.resume(co)
check("an unprotected yield in a hook", not ok and tostring(e):find("yield", 1, true), ok, e)

local seen
co = coroutine.wrap(function()
  do
    local x = setmetatable({}, { __gc = function()
      seen = table.pack(coroutine.isyieldable(), pcall(coroutine.yield, "from finalizer"))
    end })
    x = nil
  end
  for _ = 1, 3 do collectgarbage() end
  coroutine.yield("suspended by the body itself")
  return "end"
end)
check("the body suspends after finalizers ran", co() == "suspended by the body itself")
check("a finalizer ran", seen)
check("a finalizer is not yieldable", seen and seen[1] == false, seen)
check("a finalizer refuses", seen and seen[2] == false and tostring(seen[3]):find("yield", 1, true),
  seen)
check("the body ends", co() == "end")
-- Coroutines of a finalizer's own suspend as ever.
local got
do
  local x = setmetatable({}, { __gc = function()
    local gen = coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2) end)
    got = { gen(), gen() }
  end })
  x = nil
end
for _ = 1, 3 do collectgarbage() end
check("a finalizer uses coroutines", got and got[1] == 1 and got[2] == 2, got)

-- A coroutine cannot be resumed or closed by one that it resumed.
local outer
outer = coroutine.create(function()
  return coroutine.wrap(function()
    return { pcall(coroutine.close, outer) }, { coroutine.resume(outer) }
  end)()
end)
local _, closed, resumed = coroutine.resume(outer)
check("close of a normal coroutine", closed[1] == false and closed[2]:find("normal coroutine", 1,
  true), closed)
check("resume of a normal coroutine", resumed[1] == false and resumed[2]:find("non-suspended", 1,
  true), resumed)
M.finish()
