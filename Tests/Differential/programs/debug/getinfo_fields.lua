-- getinfo: l, u, t, f, r, L, options together and errors.
local function f(a, b, ...) local x = a return function() return x, b end end
local u = debug.getinfo(f, "u") print(u.nups, u.nparams, u.isvararg)
u = debug.getinfo(f(1, 2), "u") print(u.nups, u.nparams, u.isvararg)
u = debug.getinfo(print, "u") print(u.nups, u.nparams, u.isvararg)
u = debug.getinfo(1, "u") print(u.nparams, u.isvararg)
print(debug.getinfo(1, "l").currentline, debug.getinfo(f, "l").currentline, debug.getinfo(print,
  "l").currentline)
print(debug.getinfo(f, "f").func == f, debug.getinfo(1, "f").func ~= nil, debug.getinfo(0,
  "f").func == debug.getinfo)
local function tail() return debug.getinfo(1, "t").istailcall, debug.getinfo(2, "t").istailcall end
local function call() local a, b = tail() return a, b end
local function viatail() return tail() end
print(call()) print((viatail()))
local lines = {}
for l in pairs(debug.getinfo(load("local a = 1\n\nlocal b = 2\nreturn a + b\n", "=l"),
  "L").activelines) do
  lines[#lines + 1] = l
end
table.sort(lines) print(table.concat(lines, " "))
print(debug.getinfo(print, "L").activelines)
local keys = {}
for k in pairs(debug.getinfo(f)) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys, " "))
keys = {}
for k in pairs(debug.getinfo(f, "Sl")) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys, " "))
keys = {} for k in pairs(debug.getinfo(f, "")) do keys[#keys + 1] = k end print(#keys)
print(pcall(debug.getinfo))
print(pcall(debug.getinfo, "x"))
print(pcall(debug.getinfo, 1, "X"))
print(pcall(debug.getinfo, 1, ">S"))
print(pcall(debug.getinfo, {}, "S"))
print(pcall(debug.getinfo, 1, {}))
print(pcall(debug.getinfo, -1))
print(debug.getinfo(1e3 | 0))
print(pcall(debug.getinfo, 1.5))
local r = debug.getinfo(1, "r") print(r.ftransfer, r.ntransfer)
