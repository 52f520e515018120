-- Walking the stack by levels sees functions, lines and tail calls.
local function walk()
  local o, level = {}, 1
  while true do
    local i = debug.getinfo(level, "nSlt")
    if not i then break end
    o[#o + 1] = (i.what == "C" and "C" or i.what == "main" and "main" or "L") .. (i.istailcall and
      "t" or "") .. ":" .. tostring(i.name)
    level = level + 1
  end
  return table.concat(o, " ")
end
local function a() return (walk()) end
local function b() local r = a() return r end
local function c() return b() end
print(walk())
print(a())
print(b())
print(c())
local t = {m = function(self) local r = b() return r end}
print((t:m()))
print((select(2, pcall(b))))
print((("x"):gsub("x", function() return (b()) end)))
print((coroutine.wrap(function() return (b()) end)()))
local mt = setmetatable({}, {__index = function() return (b()) end,
  __add = function() return (walk()) end})
print(mt.key)
print(mt + 1)
local function depth() local n = 0 while debug.getinfo(n + 1, "l") do n = n + 1 end return n end
local base = depth()
local function rec(n) if n == 0 then return depth() - base end return (rec(n - 1)) end
print(rec(0), rec(5), rec(50))
local function tailrec(n) if n == 0 then return depth() - base end return tailrec(n - 1) end
print(tailrec(50))
print(debug.getinfo(1, "l").currentline, debug.getinfo(2, "S") and debug.getinfo(2, "S").what,
  debug.getinfo(3))
for name in ("nothing"):gmatch("%a+") do print(debug.getinfo(1, "n").namewhat == "") end
