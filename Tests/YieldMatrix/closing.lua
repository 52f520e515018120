-- Yields inside __close: normal ends, break, return, goto, errors, loops, coroutine.close.
local M = dofile "harness.lua"
local case = M.case

local function closer(mark, name, fail)
  return setmetatable({}, { __close = function(_, e)
    mark("close " .. name .. ":" .. tostring(e))
    if fail then error(fail, 0) end
    mark("closed " .. name)
  end })
end
case("end of a block", 4, function(mark)
  do local a <close> = closer(mark, "a") local b <close> = closer(mark, "b") mark("body") end
  return mark("after", 1)
end)
case("return with values", 4, function(mark)
  local function f(...)
    local a <close> = closer(mark, "a")
    local b <close> = closer(mark, "b")
    return 1, nil, ...
  end
  return f("x", nil)
end)
case("return of a call", 3, function(mark)
  local function g() return mark("g", 1, 2, 3) end
  local function f() local a <close> = closer(mark, "a") return g() end
  return f()
end)
case("many values are kept while closing", 2, function(mark)
  local function f(...) local a <close> = closer(mark, "a") return ... end
  return select("#", f(table.unpack({}, 1, 100))), f(1, 2)
end)
case("break", 4, function(mark)
  local n = 0
  for i = 1, 5 do local c <close> = closer(mark, "c" .. i) n = i if i == 2 then break end end
  while true do local w <close> = closer(mark, "w") break end
  return n
end)
case("goto out and back", 5, function(mark)
  local n = 0
  ::again::
  do
    local c <close> = closer(mark, "c" .. n)
    n = n + 1
    if n < 3 then goto again end
    goto out
  end
  ::out::
  return n
end)
case("repeat with a condition on the variable", 4, function(mark)
  local n = 0
  repeat local c <close> = closer(mark, "r" .. n) n = n + 1 until n >= 2
  return n
end)
case("error in the block", 3, function(mark)
  return pcall(function()
    local a <close> = closer(mark, "a")
    local b <close> = closer(mark, "b")
    mark("body") error("E", 0)
  end)
end)
case("errors in __close replace one another", 3, function(mark)
  return pcall(function()
    local a <close> = closer(mark, "a", "fromA")
    local b <close> = closer(mark, "b", "fromB")
    local c <close> = closer(mark, "c")
    error("body", 0)
  end)
end)
case("error in __close on a normal end", 2, function(mark)
  return pcall(function()
    local a <close> = closer(mark, "a")
    do local b <close> = closer(mark, "b", "inner") end
    mark("never")
  end)
end)
case("error in __close on return", 2, function(mark)
  return pcall(function()
    local a <close> = closer(mark, "a")
    local b <close> = closer(mark, "b", "fromB")
    return "lost"
  end)
end)
case("xpcall handler and closing", 3, function(mark)
  return xpcall(function()
    local a <close> = closer(mark, "a")
    error("E", 0)
  end, function(m) return mark("handler", m .. "!") end)
end)
case("error through several frames", 6, function(mark)
  local function f(n)
    local c <close> = closer(mark, "f" .. n)
    if n == 0 then error("deep", 0) end
    f(n - 1)
  end
  return pcall(f, 2)
end)
case("generic for with a closing value", 3, function(mark)
  local out = {}
  for i in function(_, i) i = (i or 0) + 1 if i <= 3 then return i end end, nil, nil, closer(mark, "for") do
    out[i] = mark("body", i)
  end
  return out
end)
case("generic for left by break, return, goto and error", 8, function(mark)
  local function it(_, i) return mark("it", (i or 0) + 1) end
  for i in it, nil, nil, closer(mark, "break") do if i == 2 then break end end
  local function f()
    for i in it, nil, nil, closer(mark, "return") do if i == 2 then return "r" .. i end end
  end
  local r = f()
  for i in it, nil, nil, closer(mark, "goto") do goto out end
  ::out::
  return r, pcall(function()
    for i in it, nil, nil, closer(mark, "error") do error("E" .. i, 0) end
  end)
end)
case("close within close", 6, function(mark)
  local outer = setmetatable({}, { __close = function()
    local inner <close> = closer(mark, "inner")
    mark("outer")
  end })
  do local c <close> = outer end
  return pcall(function() local c <close> = outer error("E", 0) end)
end)
case("a variable changed by its own __close", 1, function(mark)
  local state = "open"
  local function f()
    local c <close> = setmetatable({}, { __close = function() mark("c") state = "closed" end })
    return state
  end
  return f(), state
end)
case("tail position in a function with a variable", 3, function(mark)
  local function f(n)
    local c <close> = closer(mark, "n" .. n)
    if n == 0 then return "bottom" end
    return f(n - 1)
  end
  return f(2)
end)
case("a wrapped coroutine that ends closes in order", 1, function(mark)
  local co = coroutine.wrap(function()
    local c <close> = setmetatable({}, { __close = function() coroutine.yield("from close") end })
    return "end"
  end)
  return co(), mark("between"), co()
end)
case("coroutine.close of a suspended coroutine", 4, function(mark)
  local co = coroutine.create(function()
    local a <close> = closer(mark, "a")
    local b <close> = closer(mark, "b")
    coroutine.yield("suspended")
  end)
  local _, v = coroutine.resume(co)
  return v, coroutine.close(co), coroutine.status(co)
end)
case("coroutine.close with an error in __close", 3, function(mark)
  local co = coroutine.create(function()
    local a <close> = closer(mark, "a")
    local b <close> = closer(mark, "b", "fromB")
    coroutine.yield()
  end)
  coroutine.resume(co)
  return coroutine.close(co)
end)
case("wrap closes on error", 2, function(mark)
  local w = coroutine.wrap(function() local a <close> = closer(mark, "a") error("E", 0) end)
  return pcall(w)
end)
M.finish()
