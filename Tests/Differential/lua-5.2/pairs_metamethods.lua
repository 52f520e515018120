-- __pairs and __ipairs decide what loops see.
local ordered = {}
ordered.__index = ordered
function ordered.new() return setmetatable({keys = {}, values = {}}, ordered) end
function ordered:set(k, v)
  if self.values[k] == nil then self.keys[#self.keys + 1] = k end
  self.values[k] = v
  return self
end
function ordered:__pairs()
  local i = 0
  return function(o)
    i = i + 1
    return o.keys[i], o.values[o.keys[i]]
  end, self, nil
end
function ordered:__ipairs()
  return function(o, i)
    i = i + 1
    if o.keys[i] ~= nil then return i, o.keys[i] end
  end, self, 0
end
local o = ordered.new():set("z", 26):set("a", 1):set("m", 13)
for k, v in pairs(o) do io.write(k, "=", v, " ") end
for i, k in ipairs(o) do io.write(i, ":", k, " ") end
print()
print(select("#", pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4, 5 end}))))
print(ipairs(setmetatable({}, {__ipairs = function() return "f" end})))
print(pcall(pairs, setmetatable({}, {__pairs = function() error("no pairs", 0) end})))
print(pcall(ipairs, setmetatable({}, {__ipairs = "not a function"})))
for i, v in ipairs(setmetatable({1, 2}, {__index = function(_, i) if i < 5 then return i end end})) do
  io.write(i, " ")
end
print()
print(next(setmetatable({}, {__pairs = error})), (next({10})))
