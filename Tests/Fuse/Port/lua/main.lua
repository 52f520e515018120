-- Reads a log of work and prints what it comes to.
local dates = require("dates")
local entries = require("entries")
local rates = require("rates")
local report = require("report")
local summary = require("summary")
local text = require("text")

local LOG = [[
-- The first week
2026-11-02 09:00-12:30 acme design #logo first sketch of the logo
2026-11-02 13:15-17:00 acme code #site #urgent landing page
2026-11-03 10:00-11:30 globex meeting kickoff
2026-11-03 11:00-12:00 acme meeting
2026-11-04 08:30-16:30 globex code #api endpoints and their tests
2026-11-05 19:00-22:15 initech code #urgent the server was down
-- The weekend, and after
2026-11-07 10:00-14:00 acme design #logo final version
2026-11-08 9:00-10:00 hooli meeting
2026-11-10 09:00-17:45 globex code #api

2026-11-31 09:00-10:00 acme code
2026-11-11 10:00-09:00 acme code
2026-11-12 9-10 acme code
2026-11-12 09:00-10:00
12.11.2026 09:00-10:00 acme code
]]

local function show(lines)
  for _, line in ipairs(lines) do
    print(line)
  end
  print()
end

local log = entries.read(LOG)
for _, mistake in ipairs(log.mistakes) do
  print(("line %d: %s"):format(mistake.line, mistake.why))
end
for _, pair in ipairs(entries.overlaps(log.entries)) do
  print("overlap on " .. dates.format(pair.first.date) .. ": " .. pair.first.client .. " and " .. pair.second.client)
end
print()

local prices = rates.new(6000)
prices:set_client("acme", 7500):set_client("initech", 9000)
prices:set_task("meeting", 50)
prices:add_rule("weekend", rates.weekend(50)):add_rule("late", rates.late(25, 20 * 60))

local function cost(entry)
  return prices:cost(entry)
end

local by_client = summary.group(log.entries, function(e) return e.client end, entries.minutes, cost)
show(report.groups("client", summary.sorted(by_client, "cents")))
show(report.bars(summary.sorted(by_client, "minutes"), 30))
show(report.groups("task", summary.sorted(summary.group(log.entries, function(e)
  return e.task
end, entries.minutes, cost), "name")))
show(report.groups("week of", summary.group(log.entries, function(e)
  return dates.format(dates.monday(e.date))
end, entries.minutes, cost)))
show(report.bars(summary.fold_small(by_client, 0.1), 20))

for _, entry in ipairs(log.entries) do
  local reasons = prices:reasons(entry)
  if #reasons > 0 then
    print(dates.weekday_name(entry.date) .. " " .. dates.format(entry.date) .. " " .. text.title(entry.client)
      .. ": " .. table.concat(reasons, ", ") .. (" (%g%%)"):format(prices:percent(entry)))
    for _, line in ipairs(text.wrap(entry.note, 16)) do
      print("  " .. line)
    end
  end
end
print(dates.format(dates.next({ year = 2026, month = 12, day = 31 })), dates.is_leap(2024), text.money(-123456789))
print((pcall(summary.sorted, by_client, "colour")))
