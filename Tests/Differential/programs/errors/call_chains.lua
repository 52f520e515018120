-- Messages that travel through pcall, coroutines, metamethods and error levels.
local function thrower(l) return function(m) error(m, l) end end
local t1, t2, t3 = thrower(1), thrower(2), thrower(3)
local function call(f, m) f(m) end
local function outer(f, m) call(f, m) end
for i, f in ipairs {thrower(0), t1, t2, t3} do
  print(i, select(2, pcall(outer, f, "m" .. i)))
  print(i, select(2, pcall(f, "direct")))
  print(i, select(2, coroutine.resume(coroutine.create(outer), f, "co")))
  print(i, select(2, pcall(coroutine.wrap(function() outer(f, "wrap") end))))
  print(i, select(2, pcall(function()
    return setmetatable({}, {__index = function(_, k) f(k) end}).key
  end)))
  print(i, select(2, pcall(string.gsub, "x", "x", function() f("gsub") end)))
  print(i, select(2, pcall(table.sort, {1, 2}, function() f("sort") end)))
  print(i, select(2, pcall(function() for _ in function() f("iter") end do end end)))
  print(i, select(2, pcall(function()
    local c <close> = setmetatable({}, {__close = function() f("close") end})
  end)))
  print(i, select(2, pcall(load, function() f("reader") end)))
  print(i, select(3, pcall(load, function() f("reader") end)))
  print(i, (select(2, pcall(function() return f("tail") end))))
end
print(select(2, pcall(function() local ok, e = pcall(error, "inner") error(e .. "/outer") end)))
print(select(2, pcall(function() local ok, e = pcall(error, {"obj"}) error(e) end))[1])
print(select(2, xpcall(function() error("x", 2) end, function(m) return "[" .. m .. "]" end)))
