-- Coroutines as state machines with history and reset.
local function machine()
  local log = {}
  local co
  co = coroutine.create(function(ev)
    local function on(state, transitions)
      while true do
        log[#log + 1] = state .. ":" .. tostring(ev)
        local next_state = transitions[ev]
        ev = coroutine.yield(state)
        if next_state then return next_state end
      end
    end
    local states = {idle = {start = "running", quit = "done"}, running = {pause = "paused",
      stop = "idle"}, paused = {resume = "running", stop = "idle"}}
    local s = "idle"
    while s ~= "done" do s = on(s, states[s]) end
    return "finished"
  end)
  return function(ev)
    local ok, r = coroutine.resume(co, ev)
    return ok, r, coroutine.status(co)
  end, log
end
local step, log = machine()
for _, ev in ipairs {"start", "pause", "noise", "resume", "stop", "quit", "x", "y"} do
  print(ev, step(ev))
end
print(table.concat(log, " "))
local co = coroutine.create(function(...)
  local n = select("#", ...)
  while n > 0 do n = select("#", coroutine.yield(n)) end
  return "zero"
end)
print(coroutine.resume(co, 1, 2))
print(coroutine.resume(co, nil))
print(coroutine.resume(co))
print(coroutine.resume(co))
local toggler = coroutine.wrap(function()
  while true do coroutine.yield("on") coroutine.yield("off") end
end)
print(toggler(), toggler(), toggler())
local cyc = coroutine.wrap(function(t)
  while true do for _, v in ipairs(t) do coroutine.yield(v) end end
end)
print(cyc {"a", "b", "c"}, cyc(), cyc(), cyc())
