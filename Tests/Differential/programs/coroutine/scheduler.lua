-- A round-robin scheduler with sleeps, messages and errors.
local ready, now, out = {}, 0, {}
local function spawn(name, f, ...)
  ready[#ready + 1] = {name = name, co = coroutine.create(f), at = 0, args = table.pack(...)}
end
local function sleep(n) return coroutine.yield("sleep", n) end
local function send(to, m) return coroutine.yield("send", to, m) end
local function receive() return coroutine.yield("receive") end
local boxes = {}
spawn("pinger", function(n)
  for i = 1, n do send("ponger", "ping" .. i) out[#out + 1] = receive() end
  return "pinger ends"
end, 3)
spawn("ponger", function()
  for i = 1, 3 do local m = receive() out[#out + 1] = m send("pinger", (m:gsub("ping", "pong"))) end
end)
spawn("sleeper", function() for i = 1, 3 do sleep(i) out[#out + 1] = "woke@" .. now end end)
spawn("failer", function() sleep(2) error("task failed", 0) end)
local steps = 0
while #ready > 0 and steps < 200 do
  steps = steps + 1
  local t = table.remove(ready, 1)
  if t.at > now then now = now + 1 ready[#ready + 1] = t
  elseif t.waiting and not (boxes[t.name] and boxes[t.name][1]) then ready[#ready + 1] = t
  else
    local args = t.args or {n = 0} t.args = nil
    if t.waiting then args = table.pack(table.remove(boxes[t.name], 1)) t.waiting = false end
    local ok, what, a, b = coroutine.resume(t.co, table.unpack(args, 1, args.n))
    if not ok then out[#out + 1] = "error: " .. what
    elseif coroutine.status(t.co) == "dead" then out[#out + 1] = t.name .. " finished" .. (what and
      ": " .. what or "")
    else
      if what == "sleep" then
        t.at = now + a
      elseif what == "send" then
        boxes[a] = boxes[a] or {} table.insert(boxes[a], b)
      elseif what == "receive" then
        t.waiting = true
      end
      ready[#ready + 1] = t
    end
  end
end
for _, l in ipairs(out) do print(l) end
print(#ready, steps < 200)
