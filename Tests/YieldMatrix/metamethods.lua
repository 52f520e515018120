-- Yields inside every metamethod, reached through every kind of expression.
local M = dofile "harness.lua"
local case = M.case

local binary = {
  { "add", function(a, b) return a + b end }, { "sub", function(a, b) return a - b end },
  { "mul", function(a, b) return a * b end }, { "div", function(a, b) return a / b end },
  { "mod", function(a, b) return a % b end }, { "pow", function(a, b) return a ^ b end },
  { "idiv", function(a, b) return a // b end }, { "band", function(a, b) return a & b end },
  { "bor", function(a, b) return a | b end }, { "bxor", function(a, b) return a ~ b end },
  { "shl", function(a, b) return a << b end }, { "shr", function(a, b) return a >> b end },
  { "concat", function(a, b) return a .. b end },
}
for _, entry in ipairs(binary) do
  local name, apply = entry[1], entry[2]
  local function object(mark, value)
    return setmetatable({ value = value }, { ["__" .. name] = function(a, b)
      local x = type(a) == "table" and a.value or a
      local y = type(b) == "table" and b.value or b
      return mark(name, "<" .. tostring(x) .. name .. tostring(y) .. ">", "dropped")
    end })
  end
  case("__" .. name .. " of two objects", 1, function(mark)
    return apply(object(mark, "l"), object(mark, "r"))
  end)
  case("__" .. name .. " with a constant right", 1, function(mark)
    return apply(object(mark, "l"), 3)
  end)
  case("__" .. name .. " with a constant left", 1, function(mark)
    return apply(3, object(mark, "r"))
  end)
  case("__" .. name .. " with a float", 1, function(mark) return apply(object(mark, "l"), 2.5) end)
  case("__" .. name .. " in a loop", 5, function(mark)
    local t = {}
    for i = 1, 5 do t[i] = apply(object(mark, i), i) end
    return t
  end)
  case("__" .. name .. " as argument, field and condition", 3, function(mark)
    local o = object(mark, "o")
    local t = { apply(o, 1), k = select("#", apply(o, 2)) }
    if apply(o, 3) then t.yes = true end
    return t
  end)
end
-- Operands that are constants of the code take instructions of their own.
case("arithmetic with constants in the code", 8, function(mark)
  local mt = {}
  for _, n in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr" } do
    mt["__" .. n] = function(a, b) return mark(n, n) end
  end
  local o = setmetatable({}, mt)
  return o + 1, 1 + o, o - 1, 1 - o, o * 2, o / 2, o // 2, o % 2, o ^ 2, o & 7, o | 7, o ~ 7,
    o << 1, 1 << o, o >> 1, 1 >> o, o + 1.5, o - "s"
end)
for _, entry in ipairs { { "unm", function(a) return -a end }, { "bnot", function(a) return ~a end }, { "len", function(a) return #a end } } do
  local name, apply = entry[1], entry[2]
  local function object(mark)
    return setmetatable({}, { ["__" .. name] = function(a, b) return mark(name, name, 2) end })
  end
  case("__" .. name, 1, function(mark) return apply(object(mark)) end)
  case("__" .. name .. " nested", 3, function(mark)
    local o = setmetatable({}, {})
    getmetatable(o)["__" .. name] = function() mark(name) return o end
    return apply(apply(apply(o))) == o
  end)
  case("__" .. name .. " with an error after the yield", 1, function(mark)
    return pcall(apply, setmetatable({},
      { ["__" .. name] = function() mark("before") error("E", 0) end }))
  end)
end

local function comparable(mark, value)
  return setmetatable({ value = value }, {
    __eq = function(a, b) return mark("eq", a.value == b.value) end,
    __lt = function(a, b)
      return mark("lt", (tonumber(a) or a.value) < (tonumber(b) or b.value))
    end,
    __le = function(a, b)
      return mark("le", (tonumber(a) or a.value) <= (tonumber(b) or b.value))
    end,
  })
end
case("comparisons give booleans", 8, function(mark)
  local a, b = comparable(mark, 1), comparable(mark, 2)
  return a == b, a ~= b, a < b, a <= b, a > b, a >= b, not (a < b), not (a == b)
end)
case("comparisons with numbers", 8, function(mark)
  local a = comparable(mark, 5)
  return a < 6, a <= 5, a > 4, a >= 6, 4 < a, 5 <= a, 6 > a, 6 >= a, a < 5.5, 5.5 > a
end)
case("comparisons in conditions", 10, function(mark)
  local a, b, out = comparable(mark, 1), comparable(mark, 2), {}
  if a < b then out[#out + 1] = "lt" end
  if not (a > b) then out[#out + 1] = "not gt" end
  if a == b then out[#out + 1] = "eq" else out[#out + 1] = "ne" end
  if a ~= b then out[#out + 1] = "ne2" end
  while a >= b do out[#out + 1] = "never" end
  repeat out[#out + 1] = "once" until a <= b
  out[#out + 1] = a < b and "and" or "or"
  out[#out + 1] = (a > b) and "and" or "or"
  local v = a < 0 or a == b or b > a
  if a < b and b < a or a == b then out[#out + 1] = "wrong" end
  return v, out
end)
case("truth of any value", 4, function(mark)
  local o = setmetatable({}, { __lt = function() return mark("lt", "text") end,
    __le = function() return mark("le", nil) end, __eq = function() return mark("eq", 0) end })
  local p = setmetatable({}, getmetatable(o))
  return o < p, o <= p, o == p, o ~= p
end)

case("__index function", 4, function(mark)
  local o = setmetatable({}, { __index = function(t, k)
    return mark("index", "got " .. tostring(k), "dropped")
  end })
  local key = "variable"
  return o.field, o[1], o[key], o[1.5], rawget(o, "field")
end)
case("__index chain", 3, function(mark)
  local base = setmetatable({}, { __index = function(t, k) return mark("base", k) end })
  local middle = setmetatable({ here = "middle" }, { __index = base })
  local top = setmetatable({}, { __index = middle })
  return top.here, top.x, top.y, middle.z
end)
case("__index for a method", 2, function(mark)
  local o = setmetatable({ v = 7 }, { __index = function(t, k)
    return mark("method " .. k, function(self, x) return self.v + x end)
  end })
  return o:add(1), o:other(2)
end)
case("__index on strings, and globals through _ENV", 3, function(mark)
  local mt = getmetatable("")
  local old = mt.__index
  mt.__index = function(s, k) return mark("string " .. k, old[k]) end
  local r = ("abc"):upper()
  mt.__index = old
  local env = setmetatable({}, { __index = function(_, k) return mark("global " .. k, k) end,
    __newindex = function(t, k, v) mark("set " .. k) rawset(t, k, v) end })
  local f = load("a = b; local function g() return c end; return a, g()", "=env", "t", env)
  return r, f()
end)
case("__newindex", 3, function(mark)
  local store = {}
  local o = setmetatable({}, { __newindex = function(t, k, v)
    mark("set " .. tostring(k)) store[k] = v
  end })
  o.x = 1
  o[1] = "one"
  o.y, o.z = 2, 3
  local key = "k"
  o[key] = nil
  return store, next(o)
end)
case("__newindex through a chain into a table", 2, function(mark)
  local target = setmetatable({}, { __newindex = function(t, k, v)
    rawset(t, k, mark("chain", v .. "!"))
  end })
  local o = setmetatable({}, { __newindex = target })
  o.a = "1"
  o.a = "2"
  o.b = "3"
  return rawget(o, "a"), target
end)
case("assignment order around yields", 4, function(mark)
  local o = setmetatable({}, { __index = function(t, k) return mark("get " .. k, #k) end,
    __newindex = function(t, k, v) mark("set " .. k) rawset(t, k, v) end })
  o.a, o.b = o.xx, o.yyy
  return rawget(o, "a"), rawget(o, "b")
end)

case("__call", 5, function(mark)
  local o = setmetatable({}, { __call = function(self, ...)
    return mark("call", select("#", ...), ...)
  end })
  local function tail(...) return o(...) end
  local r = { o(1, nil), (o()), o("x", "y") }
  return r, tail(1, 2, 3), #{ o(table.unpack({}, 1, 5)) }
end)
case("__call chain", 1, function(mark)
  local inner = setmetatable({}, { __call = function(self, ...)
    return mark("inner", select("#", ...))
  end })
  return setmetatable({}, { __call = inner })(1, 2)
end)
case("__call as method, iterator, comparator and handler", 6, function(mark)
  local function callable(label, f)
    return setmetatable({}, { __call = function(_, ...) mark(label) return f(...) end })
  end
  local t = { m = callable("method", function(self, x) return x end) }
  local out = { t:m(5) }
  for i in callable("iterator", function(_, i) i = (i or 0) + 1 if i < 3 then return i end end) do
    out[#out + 1] = i
  end
  out[#out + 1] = select(2, pcall(callable("pcall", function(x) return x end), "arg"))
  out[#out + 1] = select(2, xpcall(callable("xpcall", error), function(m) return m .. "!" end,
    "msg"))
  return out
end)

case("__tostring", 6, function(mark)
  local o = setmetatable({}, { __tostring = function() return mark("tostring", "text") end })
  return tostring(o), ("%s|%10s|%-6s|%.2s"):format(o, o, o, o), #tostring(o)
end)
case("__name users", 3, function(mark)
  local o = setmetatable({}, { __name = "Kind",
    __index = function(_, k) return mark("index", nil) end })
  local ok, e = pcall(function() return o.x + 1 end)
  local ok2, e2 = pcall(function() return o.x.y end)
  local ok3, e3 = pcall(function() return ("x"):rep(o[1] or o) end)
  return ok, e, ok2, e2, ok3, e3
end)
case("__pairs", 4, function(mark)
  local o = setmetatable({}, { __pairs = function(t)
    mark("pairs")
    return function(_, i)
      i = i + 1
      if i <= 2 then return mark("step", i, i * i) end
      mark("end")
    end, t, 0
  end })
  local out = {}
  for k, v in pairs(o) do out[k] = v end
  return out, select("#", pairs(o))
end)
case("__concat of many operands", 4, function(mark)
  local o = setmetatable({}, { __concat = function(a, b)
    return mark("concat", (type(a) == "table" and "T" or a) .. "+" ..
      (type(b) == "table" and "T" or b))
  end })
  local p = setmetatable({}, getmetatable(o))
  return "a" .. "b" .. o .. "c" .. "d", o .. p .. 1, 1 .. 2 .. o, "x" .. (o .. "y") .. "z", o ..
    "p" .. "q"
end)
case("metamethods that call metamethods", 8, function(mark)
  local mt = {}
  mt.__add = function(a, b) mark("add") return a * b end
  mt.__mul = function(a, b) mark("mul") return #a .. "" end
  mt.__len = function(a) mark("len") return a < a and 1 or 2 end
  mt.__lt = function(a, b) mark("lt") return a == setmetatable({}, mt) end
  mt.__eq = function(a, b) mark("eq") return mark("eq2", a.missing) end
  mt.__index = function(t, k) mark("index") return -t end
  mt.__unm = function(a) mark("unm") return a() end
  mt.__call = function(a) return mark("call", tostring(a)) end
  mt.__tostring = function() return mark("tostring", "true") end
  return setmetatable({}, mt) + setmetatable({}, mt)
end)
M.finish()
