-- An event queue: customers at a bank's counters, simulated with a binary heap of events.
local n = tonumber(arg and arg[1]) or 220000

local Heap = {}
Heap.__index = Heap

function Heap:push(event)
  local items = self.items
  local at = #items + 1
  while at > 1 do
    local parent = (at - at % 2) / 2
    local other = items[parent]
    if other.time < event.time or (other.time == event.time and other.id < event.id) then break end
    items[at] = other
    at = parent
  end
  items[at] = event
end

function Heap:pop()
  local items = self.items
  local count = #items
  local top, event = items[1], items[count]
  items[count] = nil
  count = count - 1
  if count == 0 then return top end
  local at = 1
  while at * 2 <= count do
    local child = at * 2
    local right = items[child + 1]
    local best = items[child]
    if right and (right.time < best.time or (right.time == best.time and right.id < best.id)) then
      child, best = child + 1, right
    end
    if event.time < best.time or (event.time == best.time and event.id < best.id) then break end
    items[at] = best
    at = child
  end
  items[at] = event
  return top
end

local seed = 3
local function random(limit)
  seed = (seed * 16807) % 2147483647
  return seed % limit
end

local queue = setmetatable({ items = {} }, Heap)
local created, now, free, waiting = 0, 0, 4, {}
local served, waited, longest, first = 0, 0, 0, 1

local function schedule(delay, action, customer)
  created = created + 1
  queue:push({ time = now + delay, id = created, action = action, customer = customer })
end

local actions = {}

local function startNext()
  if free == 0 or waiting[first] == nil then return end
  local customer = waiting[first]
  waiting[first] = nil
  first = first + 1
  free = free - 1
  local wait = now - customer.arrived
  waited = waited + wait
  if wait > longest then longest = wait end
  schedule(20 + random(60), "leave", customer)
end

local last = 0
function actions.arrive()
  last = last + 1
  waiting[last] = { arrived = now, number = last }
  if last < n then schedule(random(26), "arrive") end
  startNext()
end

function actions.leave()
  served = served + 1
  free = free + 1
  startNext()
end

schedule(0, "arrive")
for i = 1, 500 do schedule(i * 997, "audit") end
local audits = 0
function actions.audit() audits = audits + last - served end

while #queue.items > 0 do
  local event = queue:pop()
  now = event.time
  actions[event.action](event.customer)
end
print(string.format("events %d %d %d %d %d %d", n, served, now, waited, longest, audits))
