-- __gc: order, resurrection, errors as warnings, at collection and at exit.
local log = {}
local function g(n) return setmetatable({n = n}, {__gc = function(o) log[#log + 1] = o.n end}) end
do local a, b, c = g "a", g "b", g "c" end
collectgarbage() collectgarbage() print(table.concat(log, " ")) log = {}
for i = 1, 5 do g(i) end collectgarbage() collectgarbage() print(table.concat(log, " ")) log = {}
-- a metatable given __gc after setmetatable does not mark its objects
local late = {}
do setmetatable({n = "late"}, late) end
late.__gc = function() log[#log + 1] = "late" end
collectgarbage() collectgarbage()
print(#log)
local early = {__gc = true}
do setmetatable({n = "early"}, early) end
early.__gc = function(o) log[#log + 1] = o.n end
collectgarbage() collectgarbage()
print(table.concat(log, " "))
log = {}
-- resurrection: the object lives on, its finalizer ran once
local saved
do setmetatable({n = "phoenix"}, {__gc = function(o) log[#log + 1] = "died" saved = o end}) end
collectgarbage() collectgarbage()
print(saved.n, #log)
saved = nil collectgarbage() collectgarbage()
print(#log)
log = {}
-- resurrected and marked again
local n = 0
local mt = {}
mt.__gc = function(o) n = n + 1 if n < 3 then setmetatable(o, mt) saved = o end end
do setmetatable({}, mt) end
for i = 1, 5 do saved = nil collectgarbage() collectgarbage() end
print(n)
-- errors in finalizers do not reach the program
do setmetatable({}, {__gc = function() error("never seen") end}) end
collectgarbage() collectgarbage()
print("still running")
do
  local x = g "weak"
  local w = setmetatable({x}, {__mode = "v"})
  x = nil collectgarbage() collectgarbage()
  print(#w, log[1])
end
print(pcall(setmetatable, {}, {__gc = 5}) == true)
at_exit = setmetatable({}, {__gc = function()
  print("finalizer at exit", type(print), type(string.rep))
end})
order1 = setmetatable({}, {__gc = function() print("closed second to last") end})
order2 = setmetatable({}, {__gc = function() print("closed before it") end})
print("end of program")
