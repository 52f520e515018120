-- A simulation of a supermarket's tills: customers are coroutines that live in virtual time.
--
-- What one sees: the morning's log of the first minutes, then for one to four open tills how
-- long people queued. The day is the same at each run, since the random numbers are seeded.
--
--   nightjar run Examples/supermarket.lua [customers]

local customers = math.tointeger(arg[1]) or 200

-- A simulation is a clock and a list of processes, each sleeping until its time.
local function newSimulation()
  local now, order, sleeping = 0.0, 0, {}
  local sim = {}

  function sim.now() return now end

  local function schedule(at, co)
    order = order + 1
    local entry = { at = at, order = order, co = co }
    local place = #sleeping + 1
    -- Kept sorted with the next one last.
    while place > 1 do
      local before = sleeping[place - 1]
      if before.at > at or (before.at == at and before.order > entry.order) then break end
      sleeping[place] = before
      place = place - 1
    end
    sleeping[place] = entry
  end

  function sim.start(delay, body)
    schedule(now + delay, coroutine.create(body))
  end

  function sim.sleep(minutes)
    schedule(now + minutes, (coroutine.running()))
    coroutine.yield()
  end

  function sim.wake(co) schedule(now, co) end

  function sim.run()
    while #sleeping > 0 do
      local entry = table.remove(sleeping)
      now = entry.at
      assert(coroutine.resume(entry.co))
    end
  end

  return sim
end

-- A resource that `count` processes can hold at once; the others queue in order of arrival.
local function newTills(sim, count)
  local free, queue = count, {}
  local tills = {}

  function tills.length() return #queue end

  -- Holds a till for the rest of the block: `local till <close> = tills.take()`.
  function tills.take()
    if free == 0 then
      queue[#queue + 1] = coroutine.running()
      coroutine.yield()
    else
      free = free - 1
    end
    return setmetatable({}, {
      __close = function()
        local nextInLine = table.remove(queue, 1)
        if nextInLine then sim.wake(nextInLine) else free = free + 1 end
      end,
    })
  end

  return tills
end

local function simulate(tillCount, log)
  math.randomseed(2024)
  local sim = newSimulation()
  local tills = newTills(sim, tillCount)
  local waited, longest, longestQueue = 0.0, 0.0, 0

  local function customer(number)
    local basket = math.random(1, 30)
    if log then log(sim.now(), number, "enters for %d things", basket) end
    sim.sleep(2 + basket * 0.7)
    local arrived = sim.now()
    longestQueue = math.max(longestQueue, tills.length())
    local till <close> = tills.take()
    local wait = sim.now() - arrived
    waited = waited + wait
    longest = math.max(longest, wait)
    if log then log(sim.now(), number, "pays after waiting %.1f minutes", wait) end
    sim.sleep(0.5 + basket * 0.08)
  end

  local at = 0.0
  for number = 1, customers do
    at = at - 1.1 * math.log(1 - math.random())
    sim.start(at, function() customer(number) end)
  end
  sim.run()
  return waited / customers, longest, longestQueue, sim.now()
end

local shown = 0
simulate(2, function(now, number, text, value)
  shown = shown + 1
  if shown <= 12 then print(("%5.1f min  customer %-3d " .. text):format(now, number, value)) end
end)

print()
print("tills   mean wait   longest   longest queue   day ends")
for tillCount = 1, 4 do
  print(("%5d %8.1f min %5.1f min %13d %6.0f min"):format(tillCount, simulate(tillCount)))
end
