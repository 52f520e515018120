-- getinfo option S: what, source, short_src and lines of definition.
local function f()
  return 1
end
local function show(i) print(i.what, i.source, i.short_src, i.linedefined, i.lastlinedefined) end
show(debug.getinfo(f, "S"))
show(debug.getinfo(1, "S"))
show(debug.getinfo(print, "S"))
show(debug.getinfo(load("return 1", "=name"), "S"))
show(debug.getinfo(load("return 1", "@file.lua"), "S"))
show(debug.getinfo(load("local a = 1\n\nreturn 2", "@" .. ("dir/"):rep(30) .. "f.lua"), "S"))
show(debug.getinfo(load("-- text\nreturn 1"), "S"))
show(debug.getinfo(load("return function()\n\nend", "=inner")(), "S"))
show(debug.getinfo(load(("x = 1 "):rep(30)), "S"))
show(debug.getinfo(load(string.dump(load("return 1", "=stripped"), true)), "S"))
show(debug.getinfo(load(string.dump(load("return 1", "=kept"))), "S"))
show(debug.getinfo(coroutine.wrap(function() return debug.getinfo(1, "S") end) and f, "S"))
local function g(a, b) return function() return a end end
show(debug.getinfo(g(), "S"))
print(debug.getinfo(f).short_src == debug.getinfo(f, "S").short_src, debug.getinfo(99),
  debug.getinfo(f, "S").name)
