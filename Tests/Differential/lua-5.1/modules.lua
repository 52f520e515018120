-- module: its fields, options, dotted names and conflicts.
local function define(name, body, ...)
  local f = loadstring("local arguments = {...} module(unpack(arguments)) " .. body)
  return pcall(f, name, ...)
end
print(define("mymod", "value = 5 function get() return value end"))
print(mymod.get(), mymod._NAME, mymod._PACKAGE, mymod._M == mymod, package.loaded.mymod == mymod, value)
print(define("a.b.c", "x = 1"))
print(a.b.c.x, a.b.c._NAME, a.b.c._PACKAGE)
print(define("seeing", "function f() return type(print) end", package.seeall), seeing.f())
print(define("blind", "function f() return print end"), blind.f())
local log = {}
print(define("options", "", function(m) log[#log + 1] = m._NAME end, function(m) m.extra = true end), log[1], options.extra)
conflict = 5
print(define("conflict", "")) print(define("mymod.get.deeper", ""))
print(define("mymod", "again = true"), mymod.value, mymod.again)
print(pcall(module)) print(pcall(module, {}))
