-- Yields inside protected calls, message handlers, errors and coroutines.
local M = dofile "harness.lua"
local case = M.case

case("pcall body", 2, function(mark)
  return pcall(function(...) mark("first") mark("second") return ... end, 1, nil, 3)
end)
case("pcall of a failing body", 1, function(mark)
  return pcall(function() mark("before") error("E", 0) end)
end)
case("pcall of a run-time error after a yield", 1, function(mark)
  return pcall(function() local t mark("before") return t.x end)
end)
case("nested pcall", 6, function(mark)
  return pcall(function()
    mark("1")
    local ok, e = pcall(function()
      mark("2")
      local ok2, e2 = pcall(error, mark("3", "inner"))
      mark("4")
      error(e2 .. "/outer", 0)
    end)
    mark("5")
    return ok, mark("6", e)
  end)
end)
case("pcall in a tail position", 1, function(mark)
  local function f() return pcall(function() return mark("m", 1, 2) end) end
  return f()
end)
case("xpcall body, arguments and results", 1, function(mark)
  return xpcall(function(...) mark("body") return select("#", ...), ... end, print, nil, "a", nil)
end)
case("message handler", 3, function(mark)
  return xpcall(function() mark("body") error("E", 0) end, function(m)
    mark("handler 1")
    return mark("handler 2", m .. " handled", "dropped")
  end)
end)
case("message handler of a run-time error", 2, function(mark)
  local function handler(m) return mark("handler", (m:gsub("^.-:%d+: ", ""))) end
  local a = table.pack(xpcall(function() local t = nil return t.x end, handler))
  local b = table.pack(xpcall(function() return 1 + {} end, handler))
  local c = table.pack(xpcall(function() return #5 < {} end, handler))
  return a, b, c
end)
case("message handler of an error in a native function", 2, function(mark)
  local function handler(m) return mark("handler", m) end
  return select(2, xpcall(string.rep, handler)), select(2, xpcall(setmetatable, handler, 1))
end)
case("message handler that fails, then yields again", 3, function(mark)
  local n = 0
  return xpcall(error, function(m)
    n = n + 1
    mark("handler " .. n)
    if n < 3 then error("again", 0) end
    return "settled " .. tostring(m)
  end, "start")
end)
case("nested xpcall handlers", 4, function(mark)
  return xpcall(function()
    local _, m = xpcall(function() mark("body") error("a", 0) end,
      function(m) return mark("inner", m .. "b") end)
    error(mark("between", m .. "c"), 0)
  end, function(m) return mark("outer", m .. "d") end)
end)
case("handler sees the failing frame", 1, function(mark)
  return xpcall(function() local seen = "local value" error("E") end, function(m)
    mark("handler")
    for level = 2, 6 do
      local name, value = debug.getlocal(level, 1)
      if name == "seen" then return value end
    end
  end)
end)
case("error with an object", 2, function(mark)
  local ok, e = pcall(function() mark("a") error({ code = mark("b", 7) }) end)
  return ok, e.code
end)
case("error levels after a yield", 1, function(mark)
  local function f() mark("m") error("level 2", 2) end
  return select(2, pcall(function() f() end))
end)
case("varargs and many results", 3, function(mark)
  local function many(n, ...)
    if n == 0 then return mark("bottom", ...) end
    return many(n - 1, n, ...)
  end
  local t = { many(50), many(3) }
  return #t, select("#", many(200)), t[1], t[51]
end)
case("tail calls across yields", 20, function(mark)
  local function loop(n, acc)
    mark("n" .. n)
    if n == 0 then return acc end
    return loop(n - 1, acc + n)
  end
  return loop(20, 0)
end)
case("recursion across yields", 30, function(mark)
  local function f(n)
    if n == 0 then return 0 end
    local v = mark("down" .. n, n)
    return v + f(n - 1)
  end
  return f(30)
end)
case("closures keep their upvalues", 6, function(mark)
  local n = 0
  local function inc() n = mark("inc", n) + 1 return n end
  local fs = {}
  for i = 1, 3 do fs[i] = function() i = i + mark("f" .. i, 10) return i end end
  return inc() + inc(), inc(), fs[1](), fs[2](), fs[1]()
end)
case("coroutine.wrap inside", 4, function(mark)
  local gen = coroutine.wrap(function(a)
    for i = 1, 3 do a = coroutine.yield(a .. i) end
    return "end"
  end)
  local out = {}
  for i = 1, 4 do out[i] = gen(mark("outer" .. i, "v")) end
  return out
end)
case("coroutine bodies that fail after the outer yields", 2, function(mark)
  local co = coroutine.create(function() coroutine.yield("in") error("dead", 0) end)
  local a = table.pack(coroutine.resume(co))
  mark("between")
  local b = table.pack(coroutine.resume(co))
  mark("after")
  return a, b, coroutine.status(co), coroutine.resume(co)
end)
case("wrap errors through pcall", 2, function(mark)
  return pcall(coroutine.wrap(function() error(mark and "E", 0) end)), mark("a"), mark("b", 2)
end)
case("select, assert, rawset and others between yields", 5, function(mark)
  return select(mark("1", 2), "a", "b"), assert(mark("2", "v"), mark("3")), rawequal(mark("4", 1),
    1), (math.max(mark("5", 3), 2))
end)
case("goto and loops", 12, function(mark)
  local out = {}
  for i = 1, 3 do
    for j = 1, 3 do
      mark(i .. "," .. j)
      if j == 2 then goto continue end
      out[#out + 1] = i * 10 + j
      ::continue::
    end
  end
  local i = 0
  while mark("while", i) < 2 do i = i + 1 end
  repeat i = i - 1 until mark("until", i) == 0
  return out, i
end)
case("numeric for bounds", 3, function(mark)
  local sum = 0
  for i = mark("from", 1), mark("to", 7), mark("step", 2) do sum = sum + i end
  for x = mark("float", 0.5), 2 do sum = sum + x end
  return sum
end)
case("table constructors", 7, function(mark)
  return { mark("1", "a"), mark("2", "b"), [mark("k", "key")] = mark("v", "value"), x = mark("x",
    1), mark("last", "c", "d", "e") },
    { (mark("cut", 1, 2)), n = 0 }
end)
case("multiple assignment", 5, function(mark)
  local t, i = {}, 1
  i, t[i], t[mark("key", "k")] = mark("one", 2), mark("two", "x"), mark("three", "y", "dropped")
  local a, b, c = mark("many", 1, 2)
  return i, t, a, b, c
end)
case("logic operators", 4, function(mark)
  return mark("f", false) and mark("never"), mark("t", 1) or mark("never"), mark("n", nil) or
    mark("d", "default")
end)
M.finish()
