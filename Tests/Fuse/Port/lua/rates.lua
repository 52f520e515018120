-- What an hour costs: by client and task, with more for weekends and long days.
local dates = require("dates")

local Rates = {}
Rates.__index = Rates

local rates = {}

function rates.new(default)
  return setmetatable({ default = default, by_client = {}, by_task = {}, rules = {} }, Rates)
end

function Rates:set_client(client, cents)
  self.by_client[client] = cents
  return self
end

function Rates:set_task(task, percent)
  self.by_task[task] = percent
  return self
end

-- A rule is a function from an entry to percents on top.
function Rates:add_rule(name, rule)
  self.rules[#self.rules + 1] = { name = name, rule = rule }
  return self
end

function Rates:percent(entry)
  local percent = self.by_task[entry.task] or 100
  for _, each in ipairs(self.rules) do
    percent = percent + each.rule(entry)
  end
  return percent
end

function Rates:reasons(entry)
  local names = {}
  for _, each in ipairs(self.rules) do
    if each.rule(entry) ~= 0 then
      names[#names + 1] = each.name
    end
  end
  return names
end

function Rates:cost(entry)
  local hourly = self.by_client[entry.client] or self.default
  local cents = hourly * (entry.to - entry.from) / 60 * self:percent(entry) / 100
  return math.floor(cents + 0.5)
end

function rates.weekend(percent)
  return function(entry)
    if dates.is_weekend(entry.date) then
      return percent
    end
    return 0
  end
end

function rates.late(percent, from)
  return function(entry)
    if entry.to > from then
      return percent
    end
    return 0
  end
end

return rates
