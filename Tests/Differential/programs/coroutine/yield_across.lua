-- Yields across pcall, metamethods, iterators and nested coroutines that the reference allows.
local y = coroutine.yield
local mt = {__add = function(a, b) return y("add") end, __index =
  function(_, k) return y("index " .. k) end, __call = function(_, ...) return y("call", ...) end,
  __eq = function() return y("eq") end, __lt = function() return y("lt") end, __le =
  function() return y("le") end, __concat = function() return y("concat") end, __len =
  function() return y("len") end, __unm = function() return y("unm") end, __newindex =
  function(_, k, v) y("newindex", k, v) end, __close = function() y("close") end}
local function obj() return setmetatable({}, mt) end
local function run(f)
  local co = coroutine.create(f)
  local r = table.pack(coroutine.resume(co))
  while coroutine.status(co) == "suspended" do
    print("", table.unpack(r, 2, r.n))
    r = table.pack(coroutine.resume(co, "R", "R2"))
  end
  print(table.unpack(r, 1, r.n))
end
run(function() return obj() + 1, "x" end)
run(function() return obj().field end)
run(function() return obj()(1, nil) end)
run(function() return obj() == obj(), obj() ~= obj() end)
run(function() return obj() < obj(), obj() <= obj(), obj() > obj() end)
run(function() return obj() .. "x", "y" .. obj() .. "z" end)
run(function() return #obj(), -obj() end)
run(function() obj().k = "v" return "set" end)
run(function() do local c <close> = obj() end return "closed" end)
run(function() return pcall(function() y("in pcall") return 1 end) end)
run(function() return pcall(function() y("in pcall") error("E", 0) end) end)
run(function()
  return xpcall(function() y("in xpcall") error("E", 0) end, function(m) return m .. "!" end)
end)
run(function()
  for a, b in function(s, c) if c ~= "R" then return y("iter") end end do return a, b end
end)
run(function() if obj() < obj() then return "true branch" end return "false branch" end)
run(function() local t = {y("a"), y("b"), y("c")} return #t end)
run(function() return select("#", y(), y()) end)
run(function()
  local r = coroutine.wrap(function() y("inner") return "inner end" end)
  return r(), y("outer"), r()
end)
run(function() local c <close> = obj() error("with close", 0) end)
run(function() while true do local c <close> = obj() break end return "broke" end)
