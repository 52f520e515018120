-- Weak tables seen by finalizers: values go before, keys after finalization.
local out = {}
local wk, wv = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "v"})
do
  local o = setmetatable({name = "object"}, {__gc = function(o)
    out[#out + 1] = "key still there: " .. tostring(wk[o])
    out[#out + 1] = "value gone: " .. tostring(wv[1])
  end})
  wk[o] = "data" wv[1] = o
end
collectgarbage() collectgarbage() for _, l in ipairs(out) do print(l) end print(next(wk), next(wv))
-- objects that refer to one another are finalized in reverse order of marking, with references intact
out = {}
do
  local a = setmetatable({n = "a"}, {__gc = function(o)
    out[#out + 1] = o.n .. "->" .. o.peer.n
  end})
  local b = setmetatable({n = "b", peer = a}, {__gc = function(o)
    out[#out + 1] = o.n .. "->" .. o.peer.n
  end})
  a.peer = b
end
collectgarbage() collectgarbage()
print(table.concat(out, " "))
-- finalizers may allocate, collect, make coroutines and define globals
do
  setmetatable({}, {__gc = function()
    local t = {}
    for i = 1, 100 do t[i] = {} end
    collectgarbage() made = #t
    local co = coroutine.wrap(function() coroutine.yield("co") end)
    made_co = co()
  end})
end
collectgarbage() collectgarbage()
print(made, made_co)
-- a closed state variable through closures
local count = 0
for i = 1, 200 do setmetatable({}, {__gc = function() count = count + 1 end}) end
collectgarbage() collectgarbage()
print(count)
collectgarbage("stop")
for i = 1, 10 do setmetatable({}, {__gc = function() count = count + 1 end}) end
print(count, collectgarbage("isrunning"))
collectgarbage("restart") collectgarbage() collectgarbage()
print(count)
do
  local x <close> = setmetatable({}, {__close = function() print("close runs at once") end,
    __gc = function() print("gc runs later") end})
end
collectgarbage() collectgarbage()
