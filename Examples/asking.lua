-- Pausing anywhere: a sort that asks, a table that fetches, a substitution that waits.
--
-- What one sees: one coroutine ranks dishes by asking a question for each comparison, and
-- waits *inside table.sort* for the answers; another reads fields of a record that arrive from
-- a slow store *inside __index*; a third translates a text word by word *inside string.gsub*.
-- All three are in progress at once and take turns. In the reference interpreter the first and
-- the third are errors ("attempt to yield across a C-call boundary"); here a paused computation
-- is only data, so it may be paused wherever it is.

local function request(kind, ...)
  return coroutine.yield(kind, ...)
end

local jobs = {}

jobs[1] = { name = "ranking", body = function()
  local dishes = { "porridge", "pancakes", "pea soup", "pizza", "pad thai" }
  table.sort(dishes, function(a, b)
    return request("prefer", a, b)
  end)
  return "best first: " .. table.concat(dishes, ", ")
end }

jobs[2] = { name = "record", body = function()
  local bird = setmetatable({}, {
    __index = function(t, field)
      local value = request("fetch", field)
      rawset(t, field, value)
      return value
    end,
    __concat = function(t, text)
      return request("fetch", "name") .. text
    end,
  })
  local wingToBody = bird.wingspan / bird.length
  return bird .. (": %d cm long, wings %.1f times as wide"):format(bird.length, wingToBody)
end }

jobs[3] = { name = "translation", body = function()
  local text = "the bird sings in the night"
  local translated, count = text:gsub("%a+", function(word)
    return request("translate", word)
  end)
  return ("%s (%d words)"):format(translated, count)
end }

-- The outside world: answers each kind of question, as a user or a server would.

local taste = { ["pizza"] = 5, ["pad thai"] = 4, ["pancakes"] = 3, ["pea soup"] = 2, porridge = 1 }
local store = { name = "Nightjar", wingspan = 57, length = 26 }
local dictionary = { the = "der", bird = "Vogel", sings = "singt", ["in"] = "in", night = "Nacht" }

local answers = {
  prefer = function(a, b)
    local first = taste[a] > taste[b]
    return first, ("%s or %s?"):format(a, b), first and a or b
  end,
  fetch = function(field)
    return store[field], "what is its " .. field .. "?", store[field]
  end,
  translate = function(word)
    return dictionary[word], ("'%s' in German?"):format(word), dictionary[word]
  end,
}

-- Lets each job run to its next question, answers it, and goes on to the next job.
for _, job in ipairs(jobs) do job.co = coroutine.create(job.body) end
local open = #jobs
while open > 0 do
  for _, job in ipairs(jobs) do
    if job.co then
      local ok, kind, a, b = coroutine.resume(job.co, job.answer)
      if not ok then
        print(("%-12s cannot wait here: %s"):format(job.name, kind))
      elseif coroutine.status(job.co) == "dead" then
        print(("%-12s done, %s"):format(job.name, kind))
      else
        local answer, question, shown = answers[kind](a, b)
        print(("%-12s %-26s %s"):format(job.name, question, shown))
        job.answer = answer
      end
      if coroutine.status(job.co) == "dead" then
        job.co = nil
        open = open - 1
      end
    end
  end
end
