-- Yields across pcall, xpcall, metamethods, iterators and dofile.
local function run(f, ...)
  local co = coroutine.create(f)
  local out = {}
  local args = table.pack(...)
  while true do
    local r = table.pack(coroutine.resume(co, table.unpack(args, 1, args.n)))
    if coroutine.status(co) == "dead" then
      out[#out + 1] = "end:" .. tostring(r[2])
      return table.concat(out, " ")
    end
    out[#out + 1] = tostring(r[2])
    args = table.pack(r[2])
  end
end
print(run(function() local ok, v = pcall(function() return coroutine.yield("p") .. "!" end) return v end))
print(run(function() return select(2, pcall(function() coroutine.yield("a") error("e", 0) end)) end))
print(run(function()
  return select(2, xpcall(function() coroutine.yield("x") error("m", 0) end, function(m) return "h:" .. m end))
end))
local mt = {__index = function(_, k) return coroutine.yield("get " .. k) end,
  __newindex = function(t, k, v) coroutine.yield("set " .. k) rawset(t, k, v) end,
  __add = function() return coroutine.yield("add") end, __lt = function() return coroutine.yield("lt") end,
  __eq = function() return coroutine.yield("eq") end, __concat = function() return coroutine.yield("cat") end,
  __len = function() return coroutine.yield("len") end, __unm = function() return coroutine.yield("unm") end,
  __call = function(_, x) return coroutine.yield("call " .. x) end}
local function T() return setmetatable({}, mt) end
print(run(function() local t = T() return t.k end))
print(run(function() local t = T() t.k = 1 return t.k end))
print(run(function() return T() + 1 end), run(function() return T() < T() end))
print(run(function() return T() == T() end), run(function() return T() .. "x" end))
print(run(function() return #T() end), run(function() return -T() end), run(function() return T()("c") end))
print(run(function()
  local s = ""
  for v in function(_, c) if (c or 0) < 3 then coroutine.yield("it") return (c or 0) + 1 end end do s = s .. v end
  return s
end))
print(run(function() for k, v in pairs(setmetatable({}, {__pairs = function() return coroutine.yield("pairs") end})) do end end) ~= nil)
