-- debug.getinfo, getlocal and sethook as 5.2 has them.
local function f(a, b, ...)
  local x = a
  local i = debug.getinfo(1, "nSlutf")
  print(i.name, i.namewhat, i.what, i.short_src, i.linedefined, i.lastlinedefined, i.currentline)
  print(i.nups, i.nparams, i.isvararg, i.istailcall, i.func == f)
  print(debug.getlocal(1, 1)) print(debug.getlocal(1, 3)) print(debug.getlocal(1, -1)) print(debug.getlocal(1, -5))
  print(debug.setlocal(1, 1, "changed"), a, debug.setlocal(1, -1, "vararg"), ...)
end
f(1, 2, "v")
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
local i = debug.getinfo(print)
print(i.what, i.short_src, i.currentline, i.linedefined, i.nparams, i.isvararg, i.name)
local function tail() return debug.getinfo(1, "t").istailcall end
local function caller() return tail() end
print((caller()), (tail()))
local lines = debug.getinfo(f, "L").activelines
local n = 0 for _ in pairs(lines) do n = n + 1 end
print(n, lines[3], lines[2])
local t = {method = function() return debug.getinfo(1, "n") end}
local r = t.method() print(r.name, r.namewhat) r = t:method() print(r.name, r.namewhat)
local mt = setmetatable({}, {__index = function() return debug.getinfo(1, "n").name end, __add = function() return debug.getinfo(1, "n").name end})
print(mt.x, mt + 1)
for name in function(_, c) if not c then return debug.getinfo(1, "n").name end end do print(name) end
print(debug.getinfo(100), pcall(debug.getinfo, 1, "?"))
local log = {}
debug.sethook(function(e, l) log[#log + 1] = e end, "crl")
local y = math.abs(-1)
debug.sethook()
print(table.concat(log, " "), debug.gethook())
local co = coroutine.create(function(p) local q = 5 coroutine.yield() end)
coroutine.resume(co, 1)
print(debug.getlocal(co, 1, 1)) print(debug.getlocal(co, 1, 2)) print(debug.getinfo(co, 1, "l").currentline)
print((debug.traceback(co):gsub("\n%s*", " | "))) print(debug.traceback(co, "msg", 5))
