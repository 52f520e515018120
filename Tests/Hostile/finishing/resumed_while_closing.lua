-- A closing method yields; while its closer waits, somebody else resumes the coroutine being closed,
-- to its end or back into the closer.
local B
local function failing(body)
  return coroutine.wrap(function()
    B = coroutine.running()
    local x <close> = setmetatable({}, { __close = body })
    error("first", 0)
  end)
end

do -- B is finished by others before its closer goes on
  local f = failing(function() coroutine.yield("closing") end)
  local A = coroutine.create(function() return pcall(f) end)
  assert(select(2, coroutine.resume(A)) == "closing")
  local ok, message = coroutine.resume(B)
  assert(not ok and message == "first")
  assert(coroutine.status(B) == "dead" and coroutine.status(A) == "suspended")
  local ok, closed, message = coroutine.resume(A)
  assert(ok and not closed and message == "first")
  assert(coroutine.status(A) == "dead")
end

local function waitForA(A)
  coroutine.yield("closing")
  local ok, closed, message = coroutine.resume(A())
  assert(ok and not closed, message)
  coroutine.yield("again")
end

do -- B resumes its closer while it is being closed itself
  local A
  local f = failing(function() waitForA(function() return A end) end)
  A = coroutine.create(function() coroutine.yield(pcall(f)) return "end" end)
  assert(select(2, coroutine.resume(A)) == "closing")
  assert(select(2, coroutine.resume(B)) == "again")
  assert(coroutine.status(B) == "suspended" and coroutine.status(A) == "suspended")
  assert(select(2, coroutine.resume(A)) == "end")
  assert(not coroutine.resume(B))
  assert(coroutine.status(B) == "dead" and coroutine.status(A) == "dead")
end

do -- the same with coroutine.close
  local A
  local B = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() waitForA(function() return A end) end })
    coroutine.yield()
  end)
  coroutine.resume(B)
  A = coroutine.create(function() coroutine.yield(pcall(coroutine.close, B)) return "end" end)
  assert(select(2, coroutine.resume(A)) == "closing")
  assert(select(2, coroutine.resume(B)) == "again")
  assert(select(2, coroutine.resume(A)) == "end")
  assert(coroutine.resume(B))
  assert(coroutine.close(B))
  assert(coroutine.status(B) == "dead" and coroutine.status(A) == "dead")
end
collectgarbage()
