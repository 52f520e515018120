-- Variables to be closed in callbacks, iterators, coroutines and recursion.
local log = {}
local function c(n)
  return setmetatable({}, {__close = function(_, e) log[#log + 1] = n .. (e and "!" or "") end})
end
local function flush() print(table.concat(log, " ")) log = {} end
local function rec(n) local x <close> = c("r" .. n) if n > 0 then rec(n - 1) end end
rec(3) flush()
local s = ("abc"):gsub(".", function(ch) local x <close> = c(ch) return ch:upper() end)
flush()
print(s)
local t = {2, 1}
table.sort(t, function(a, b) local x <close> = c("cmp") return a < b end)
print(#log >= 1)
log = {}
local m = setmetatable({}, {__index = function(_, k) local x <close> = c("idx") return k end})
print(m.a .. m.b)
flush()
for v in coroutine.wrap(function() local x <close> = c "gen" for i = 1, 2 do local y <close> = c("g" .. i) coroutine.yield(i) end end) do
  log[#log + 1] = "got" .. v
end
flush()
local function wrap(f, ...) local x <close> = c "wrap" return f(...) end
print(wrap(wrap, wrap, function(...) return select("#", ...) end, 1, 2))
flush()
print(pcall(wrap, wrap, error, "E", 0))
flush()
print(select(2, pcall(function() local a <close> = c "a" return wrap(error, "deep", 0) end)))
flush()
local ok = pcall(function()
  local a <close> = c "1"
  local b <close> = c "2"
  local co = coroutine.wrap(function() local d <close> = c "3" error("in co", 0) end)
  co()
end)
flush()
do local a <close> = c "outer" do local b <close> = c "inner" end log[#log + 1] = "between" end
flush()
local f
do local up <close> = c "up" f = function() return up end end
flush()
print(type(f()))
