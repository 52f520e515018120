-- Reads lines such as `2026-11-02 09:00-12:30 acme design #logo first sketch`.
local dates = require("dates")
local text = require("text")

local entries = {}

local function minutes_of(clock)
  local hours, minutes = clock:match("^(%d%d?):(%d%d)$")
  if not hours then
    return nil
  end
  hours, minutes = tonumber(hours), tonumber(minutes)
  if hours > 24 or minutes > 59 then
    return nil
  end
  return hours * 60 + minutes
end

local function read_span(span)
  local from, to = span:match("^([%d:]+)%-([%d:]+)$")
  if not from then
    return nil, "not a span: " .. span
  end
  local first, last = minutes_of(from), minutes_of(to)
  if not first or not last then
    return nil, "no such time: " .. span
  end
  if last <= first then
    return nil, "ends before it begins: " .. span
  end
  return first, last
end

-- An entry, or nil and why not.
function entries.read_line(line)
  local words = text.words(line)
  if #words < 4 then
    return nil, "too few words"
  end
  local date, why = dates.parse(words[1])
  if not date then
    return nil, why
  end
  local from, to = read_span(words[2])
  if not from then
    return nil, to
  end
  local entry = {
    date = date,
    from = from,
    to = to,
    client = words[3],
    task = words[4],
    tags = {},
    note = "",
  }
  local notes = {}
  for i = 5, #words do
    if text.starts_with(words[i], "#") then
      entry.tags[#entry.tags + 1] = words[i]:sub(2)
    else
      notes[#notes + 1] = words[i]
    end
  end
  entry.note = table.concat(notes, " ")
  return entry
end

function entries.minutes(entry)
  return entry.to - entry.from
end

-- All entries of a text and all its mistakes, each with its line.
function entries.read(source)
  local found, mistakes = {}, {}
  for number, line in ipairs(text.split(source, "\n")) do
    line = text.trim(line)
    if line ~= "" and not text.starts_with(line, "--") then
      local entry, why = entries.read_line(line)
      if entry then
        found[#found + 1] = entry
      else
        mistakes[#mistakes + 1] = { line = number, why = why }
      end
    end
  end
  table.sort(found, function(a, b)
    local order = dates.compare(a.date, b.date)
    if order ~= 0 then
      return order < 0
    end
    return a.from < b.from
  end)
  return { entries = found, mistakes = mistakes }
end

-- Pairs of entries of one day that overlap.
function entries.overlaps(list)
  local found = {}
  for i = 2, #list do
    local a, b = list[i - 1], list[i]
    if dates.compare(a.date, b.date) == 0 and b.from < a.to then
      found[#found + 1] = { first = a, second = b }
    end
  end
  return found
end

return entries
