-- Finalizers of tables: order, resurrection, errors and what they see.
local log = {}
local function F(name, f)
  return setmetatable({name = name}, {__gc = function(o) log[#log + 1] = o.name if f then f(o) end end})
end
do local a, b, c = F "a", F "b", F "c" end
collectgarbage()
print(table.concat(log, " "))
log = {}
local saved
do local r = F("risen", function(o) saved = o end) end
collectgarbage()
print(saved and saved.name, table.concat(log, " "))
saved = nil collectgarbage() collectgarbage()
print(table.concat(log, " "))
do local t = setmetatable({}, {}) getmetatable(t).__gc = function() log[#log + 1] = "late" end end
collectgarbage()
print(log[#log])
do local t = setmetatable({}, {__gc = true}) getmetatable(t).__gc = function() log[#log + 1] = "marked" end end
collectgarbage()
print(log[#log])
do local t = F("failing", function() error("in finalizer", 0) end) end
print(pcall(collectgarbage))
do local outer = F("outer") outer.inner = F("inner") end
log = {} collectgarbage()
print(table.concat(log, " "))
local key = setmetatable({}, {__mode = "k"})
do local k = setmetatable({}, {__gc = function(o) log[#log + 1] = "key still there: " .. tostring(key[o]) end}) key[k] = "value" end
collectgarbage()
print(log[#log])
