-- Sums of entries in groups.
local summary = {}

-- The groups in order of their first entry.
function summary.group(list, key, minutes, cents)
  local groups, by_key = {}, {}
  for _, entry in ipairs(list) do
    local name = key(entry)
    local group = by_key[name]
    if not group then
      group = { name = name, minutes = 0, cents = 0, count = 0 }
      by_key[name] = group
      groups[#groups + 1] = group
    end
    group.minutes = group.minutes + minutes(entry)
    group.cents = group.cents + cents(entry)
    group.count = group.count + 1
  end
  return groups
end

function summary.total(groups)
  local total = { name = "total", minutes = 0, cents = 0, count = 0 }
  for _, group in ipairs(groups) do
    total.minutes = total.minutes + group.minutes
    total.cents = total.cents + group.cents
    total.count = total.count + group.count
  end
  return total
end

local orders = {
  name = function(a, b) return a.name < b.name end,
  minutes = function(a, b) return a.minutes > b.minutes end,
  cents = function(a, b) return a.cents > b.cents end,
}

function summary.sorted(groups, by)
  local less = orders[by]
  if not less then
    error("no order by " .. tostring(by))
  end
  local copy = {}
  for i, group in ipairs(groups) do
    copy[i] = group
  end
  table.sort(copy, function(a, b)
    if less(a, b) then return true end
    if less(b, a) then return false end
    return a.name < b.name
  end)
  return copy
end

-- Groups below a share of all minutes become one group.
function summary.fold_small(groups, share)
  local total = summary.total(groups)
  local kept, rest = {}, { name = "others", minutes = 0, cents = 0, count = 0 }
  for _, group in ipairs(groups) do
    if group.minutes >= total.minutes * share then
      kept[#kept + 1] = group
    else
      rest.minutes = rest.minutes + group.minutes
      rest.cents = rest.cents + group.cents
      rest.count = rest.count + group.count
    end
  end
  if rest.count > 0 then
    kept[#kept + 1] = rest
  end
  return kept
end

return summary
