-- Yields inside iterators of generic loops, next-like functions, pairs and ipairs.
local M = dofile "harness.lua"
local case = M.case

case("iterator function", 4, function(mark)
  local out = {}
  for a, b, c in function(s, i) i = i + 1 mark("step" .. i) if i <= s then return i, i * 10 end end, 3, 0 do
    out[#out + 1] = { a, b, c }
  end
  return out
end)
case("iterator and body", 7, function(mark)
  local sum = 0
  for i in function(_, i) i = (i or 0) + 1 mark("it" .. i) if i <= 3 then return i end end do
    sum = sum + mark("body" .. i, i)
  end
  return sum
end)
case("explist of a loop", 1, function(mark)
  local out = {}
  for k, v in mark("explist", next, { 5 }, nil) do out[k] = v end
  return out
end)
case("break and return from a yielding iterator", 5, function(mark)
  local function it(_, i) return mark("it", (i or 0) + 1) end
  local function find(n) for i in it do if i == n then return "found " .. i end end end
  local last
  for i in it do last = i if i == 2 then break end end
  return last, find(3)
end)
case("iterator that fails", 3, function(mark)
  local seen = {}
  return pcall(function()
    for i in function(_, i) i = (i or 0) + 1 mark("it") if i == 3 then error("E", 0) end return i end do
      seen[i] = true
    end
  end), seen
end)
case("__call iterator", 3, function(mark)
  local out = {}
  for v in setmetatable({ n = 0 }, { __call = function(self) self.n = self.n + 1 mark("call") if self.n < 3 then return self.n end end }) do
    out[#out + 1] = v
  end
  return out
end)
case("ipairs with __index", 3, function(mark)
  local out = {}
  for i, v in ipairs(setmetatable({ "raw" }, { __index = function(_, i) return mark("index" .. i, i < 4 and i * i or nil) end })) do
    out[i] = v
  end
  return out
end)
case("ipairs with an __index chain", 2, function(mark)
  local base = setmetatable({ nil, "b2" }, { __index = function(_, i)
    return mark("base" .. i, i == 3 and "c" or nil)
  end })
  local out = {}
  for i, v in ipairs(setmetatable({ "a1" }, { __index = base })) do out[i] = v end
  return out
end)
case("pairs through __pairs", 5, function(mark)
  local out = {}
  local t = setmetatable({}, { __pairs = function(self)
    return mark("pairs", function(_, k)
      k = (k or 0) + 1
      mark("next" .. k)
      if k <= 3 then return k, k * 2 end
    end, self, nil)
  end })
  for k, v in pairs(t) do out[k] = v end
  return out
end)
case("__pairs that is a native function", 0, function(mark)
  local out = {}
  for i, v in pairs(setmetatable({ 1, 2 }, { __pairs = ipairs })) do out[i] = mark("body", v) end
  return out
end)
case("changing a table while walking with yields", 10, function(mark)
  local t = {}
  for i = 1, 10 do t[i] = i end
  local sum = 0
  for k, v in pairs(t) do
    sum = sum + mark("k", v)
    t[k] = nil
  end
  return sum, next(t)
end)
case("nested loops of yielding iterators", 11, function(mark)
  local function range(n, label)
    return function(_, i) i = i + 1 mark(label .. i) if i <= n then return i end end, nil, 0
  end
  local out = {}
  for i in range(2, "o") do for j in range(3, "i") do out[#out + 1] = i * 10 + j end end
  return out
end)
case("gmatch users", 6, function(mark)
  local out = {}
  for k, v in ("a=1, b=2, c=3"):gmatch("(%w)=(%w)") do
    out[#out + 1] = mark("body " .. k, v)
    for c in ("xy"):gmatch(".") do if k == "b" then mark("inner " .. c) end end
  end
  local it = ("123"):gmatch("%d")
  return out, it(), mark("between", 1), it()
end)
case("coroutines as iterators of a yielding body", 3, function(mark)
  local out = {}
  for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do out[#out + 1] = mark("body" .. v, v) end
  return out
end)
case("file lines with a yielding body", 3, function(mark)
  local name = os.tmpname()
  local f = io.open(name, "w")
  f:write("one\ntwo\nthree\n")
  f:close()
  local out = {}
  for line in io.lines(name) do out[#out + 1] = mark(line, #line) end
  os.remove(name)
  return out
end)
case("utf8.codes with a yielding body", 3, function(mark)
  local out = {}
  for p, c in utf8.codes("aé€") do out[#out + 1] = mark("code", p .. ":" .. c) end
  return out
end)
case("next over a table made by callbacks", 2, function(mark)
  local t = { mark("a", "x"), mark("b", "y") }
  local k, v = next(t)
  return k, v, next(t, k)
end)
M.finish()
