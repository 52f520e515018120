-- Two coroutines passing a ball, and many short-lived ones.
local n = tonumber(arg and arg[1]) or 1600000

local create, resume, yield = coroutine.create, coroutine.resume, coroutine.yield

local function player(step)
  return create(function(ball)
    while true do ball = yield(ball + step) end
  end)
end

local ping, pong = player(1), player(2)
local ball, ok = 0, true
for _ = 1, n do
  ok, ball = resume(ping, ball)
  ok, ball = resume(pong, ball)
  if ball > 1000000 then ball = ball - 1000000 end
end
assert(ok)

local short = 0
for i = 1, n / 10 do
  local co = create(function(a)
    local b = yield(a + 1)
    return a + b
  end)
  local _, first = resume(co, i)
  local _, second = resume(co, first)
  short = (short + second) % 1000000007
  assert(coroutine.status(co) == "dead")
end
print(string.format("pingpong %d %d %d", n, ball, short))
