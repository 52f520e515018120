-- Observers, signals, memoization, debounced queues and object pools built of closures.
local function signal()
  local handlers, n = {}, 0
  local s = {}
  function s.connect(f, once)
    n = n + 1
    local id = n
    handlers[#handlers + 1] = {id = id, f = f, once = once}
    return function()
      for i, h in ipairs(handlers) do
        if h.id == id then table.remove(handlers, i) return true end
      end
      return false
    end
  end
  function s.emit(...)
    local snapshot = table.move(handlers, 1, #handlers, 1, {})
    for _, h in ipairs(snapshot) do
      local ok, e = pcall(h.f, ...)
      if not ok then print("handler failed: " .. e) end
      if h.once then
        for i, x in ipairs(handlers) do if x == h then table.remove(handlers, i) break end end
      end
    end
    return #snapshot
  end
  return setmetatable(s, {__len = function() return #handlers end,
    __call = function(_, ...) return s.emit(...) end})
end
local s = signal()
local off = s.connect(function(...) print("a", ...) end)
s.connect(function(x) print("b once", x) end, true)
s.connect(function(x) if x == "bad" then error("cannot handle", 0) end end)
print(s("first", nil, 3), #s)
print(s.emit("bad"), #s)
print(off(), off(), #s, s.emit("last"))
local function memoize(f)
  local cache = {}
  return function(...)
    local n, node = select("#", ...), cache
    for i = 1, n do
      local k = select(i, ...)
      if k == nil then k = cache end
      node[k] = node[k] or {} node = node[k]
    end
    if not node.result then node.result = table.pack(f(...)) end
    return table.unpack(node.result, 1, node.result.n)
  end
end
local calls = 0
local add = memoize(function(a, b) calls = calls + 1 return a, b, nil end)
print(add(1, 2))
print(add(1, 2))
print(add(1))
print(add(1, nil))
print(select("#", add(1, 2)), calls)
local function pool(new, reset)
  local free, made = {}, 0
  return {take = function()
    local o = table.remove(free)
    if not o then made = made + 1 o = new(made) end
    return o
  end, give = function(o)
    reset(o) free[#free + 1] = o
  end, stats = function() return made, #free end}
end
local p = pool(function(i) return {id = i} end, function(o) o.data = nil end)
local o1, o2 = p.take(), p.take()
o1.data = 5 p.give(o1)
local o3 = p.take()
print(o3 == o1, o3.data, p.stats())
local function lazy(f)
  local done, v
  return function() if not done then v, done = f(), true end return v end
end
local n = 0
local l = lazy(function() n = n + 1 return "value" .. n end)
print(l(), l(), n)
local function stream(h, t) return {h = h, t = lazy(t)} end
local function from(k) return stream(k, function() return from(k + 1) end) end
local function take(st, k)
  local o = {}
  while k > 0 do o[#o + 1] = st.h st = st.t() k = k - 1 end
  return table.concat(o, " ")
end
local function sieve(st)
  return stream(st.h, function()
    local function filter(x)
      while x.h % st.h == 0 do x = x.t() end
      return stream(x.h, function() return filter(x.t()) end)
    end
    return sieve(filter(st.t()))
  end)
end
print(take(from(5), 5), take(sieve(from(2)), 10))
local function pipe(...)
  local fs = {...}
  return function(...)
    local r = table.pack(...)
    for _, f in ipairs(fs) do r = table.pack(f(table.unpack(r, 1, r.n))) end
    return table.unpack(r, 1, r.n)
  end
end
print(pipe(function(...) return select("#", ...), ... end, function(n, a) return n * 2, a end,
  function(...) return ... end)(nil, nil, "x"))
local function partial(f, ...)
  local a = table.pack(...)
  return function(...)
    local b = table.pack(...)
    local t = table.move(b, 1, b.n, a.n + 1, table.move(a, 1, a.n, 1, {}))
    return f(table.unpack(t, 1, a.n + b.n))
  end
end
print(partial(string.format, "%s-%s-%s", 1)(2, 3), partial(select, "#", nil)(nil), partial(math.max,
  5)(3, 9))
local hist = {}
local undo = setmetatable({}, {__newindex = function(t, k, v)
  hist[#hist + 1] = {k, rawget(t, k)} rawset(t, k, v)
end})
undo.x = 1 undo.y = 2
print(#hist, hist[1][1], hist[2][2])
