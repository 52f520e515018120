-- Hooks do not see finalizers, whichever event they watch.
local function watched(mask, count)
  local events, finalized = {}, 0
  local function finalizer()
    finalized = finalized + 1
    local x = tostring(finalized)
    return #x
  end
  debug.sethook(function(event)
    local info = debug.getinfo(2, 'nf')
    if info.func == finalizer or info.name == '__gc' then events[event] = true end
  end, mask, count)
  for _ = 1, 3 do
    setmetatable({}, { __gc = finalizer })
    collectgarbage()
  end
  debug.sethook()
  print(mask, finalized, next(events))
end
watched('c')
watched('r')
watched('l')
watched('', 1)
watched('crl', 3)

-- A collection within a hook: the hook goes on, and is not called for what it does itself.
do
  local finalized, depth, nested, calls = 0, 0, false, 0
  local function hook()
    depth = depth + 1
    calls = calls + 1
    nested = nested or depth > 1
    setmetatable({}, { __gc = function() finalized = finalized + 1 end })
    collectgarbage()
    local function inner() return calls end
    inner()
    depth = depth - 1
  end
  local function f() return 1 end
  debug.sethook(hook, 'c')
  f() f() f()
  debug.sethook()
  collectgarbage()
  print(calls, finalized, nested)
end
