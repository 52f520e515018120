-- __index and __newindex chains, __call chains, and what is raw.
local base = {greet = function(self) return "hello " .. self.name end}
local middle = setmetatable({level = "middle"}, {__index = base})
local object = setmetatable({name = "obj"}, {__index = middle})
print(object:greet(), object.level, object.missing, rawget(object, "level"))
local log = {}
local traced = setmetatable({}, {
  __index = function(t, k) log[#log + 1] = "get " .. tostring(k) return rawget(t, "_" .. tostring(k)) end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. tostring(k) rawset(t, "_" .. tostring(k), v) end,
})
traced.x = 1 traced[1] = "one" traced[true] = 2
print(traced.x, traced[1], traced[true], traced.nothing, table.concat(log, ", "))
local sink = {}
local writer = setmetatable({}, {__newindex = sink})
writer.a = 1
print(rawget(writer, "a"), sink.a)
local callable = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end})
print(callable(), callable(1, nil), (callable(1)))
print(pcall(callable, "through pcall"))
print(pcall(function() local t = setmetatable({}, {__index = function(_, k) error("no " .. k, 2) end}) return t.field end))
local loop = {} setmetatable(loop, {__index = loop})
print(pcall(function() return loop.x end))
print(pcall(function() local n; n.x = 1 end), pcall(function() return (1).x end))
print(pcall(function() ("x").y.z = 1 end))
print(getmetatable("").__index == string, ("x").len == string.len, ("abc").y)
print(getmetatable(setmetatable({}, {__metatable = "locked"})),
  pcall(setmetatable, setmetatable({}, {__metatable = false}), {}))
