-- Pauses of the collector: a hundred megabytes stay alive, a part of them is replaced all the time, and
-- the processor time of each short stretch of work is taken. A stretch allocates a few kilobytes, so all
-- but a microsecond or two of a long one is a step of the collector.
--
--   pauses.lua [MEGABYTES] [SECONDS]     prints: live MB, stretches, cycles, ms of the longest ones

local megabytes = tonumber(arg[1]) or 100
local seconds = tonumber(arg[2]) or 10
local clock, count = os.clock, collectgarbage

local function record(n)
  return { id = n, name = 'record ' .. n, place = { n, n + 1, n + 2 } }
end

-- Tables of many kinds of contents, strings and closures, in one array of growing pages.
local pages, records = {}, 0
while count('count') < megabytes * 1024 do
  local page = {}
  for i = 1, 1000 do
    records = records + 1
    page[i] = i % 10 == 0 and function() return page, i end or record(records)
  end
  pages[#pages + 1] = page
end
count()
local live = count('count') / 1024

local longest, stretches, cycles = {}, 0, 0
for i = 1, 20 do longest[i] = 0 end
local function watch()
  setmetatable({}, { __gc = function() cycles = cycles + 1 watch() end })
end
watch()

local pagesCount, seed = #pages, 42
local finish = clock() + seconds
local before = clock()
while before < finish do
  for _ = 1, 20 do
    seed = (seed * 1103515245 + 12345) % 2147483648
    pages[seed // 1000 % pagesCount + 1][seed % 1000 + 1] = record(seed)
  end
  local now = clock()
  local taken = now - before
  stretches = stretches + 1
  if taken > longest[20] then
    longest[20] = taken
    table.sort(longest, function(a, b) return a > b end)
    now = clock()
  end
  before = now
end

print(string.format('%.0f %d %d %.3f %.3f %.3f', live, stretches, cycles,
  longest[1] * 1000, longest[2] * 1000, longest[20] * 1000))
