-- What a tail call leaves behind, as levels and in tracebacks.

local function levels(first, last)
  for level = first, last do
    local info = debug.getinfo(level, "Sl")
    if not info then
      print(level, "none")
    else
      print(level, info.what, info.short_src == "(tail call)", info.currentline)
    end
  end
end

local function one(last) levels(2, last) return last end
local function two(last) return one(last) end
local function three(last) return two(last) end
local function four(last) local x = three(last) return x end

one(3)
two(4)
three(5)
four(7)

-- A loop of tail calls.
local function loop(n)
  if n > 0 then return loop(n - 1) end
  levels(2, 4)
  return n
end
print((loop(5)))

-- Where errors are said to be.
local function fail(level) error("here", level) end
local function pass(level) return fail(level) end
local function call(level) pass(level) end
for level = 0, 4 do print(pcall(call, level)) end

-- Variable arguments move what is kept of a call.
local function many(...)
  if select("#", ...) > 0 then return many(select(2, ...)) end
  levels(2, 3)
  return "many"
end
print((many(1, 2, 3)))

-- Functions in C are not lost.
local function native() return tostring(debug.getinfo(1, "S").what) end
print((native()))

local function traced(n)
  if n > 0 then return traced(n - 1) end
  return (debug.traceback("trace"))
end
-- What starts the program is another command's business.
local function show(text) print((string.gsub(text, "\n[^\n]*%[C%]: [^\n]*$", ""))) end
show((traced(3)))
show((traced(40)))

local co = coroutine.create(function()
  local function inner(n)
    if n > 0 then return inner(n - 1) end
    coroutine.yield()
    return n
  end
  return inner(2)
end)
coroutine.resume(co)
print(debug.traceback(co))
print(debug.traceback(co, "level one", 1))
