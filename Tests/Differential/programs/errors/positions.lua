-- Chunk names and lines in front of messages, in nested and native contexts.
local function e(f, ...) print((select(2, pcall(f, ...)))) end
e(load("error('a')", "@dir/file.lua")) e(load("error('a')", "=stdin"))
e(load("error('a')", "text of chunk")) e(load("error('a')", "two\nlines"))
e(load("error('a')", "@" .. ("d/"):rep(60) .. "f.lua"))
e(load("error('a')", "=" .. ("n"):rep(80))) e(load("error('a')", ("t"):rep(80)))
e(load("\n\nlocal x = nil + 1", "@f")) e(load("local t = nil\nreturn t.x", "=f"))
e(load("return ('x')()", "=f"))
e(load("return function() error('inner') end", "=f")())
e(load("local function a() error('x', 2) end\nlocal function b()\na()\nend\nb()", "=f"))
e(load("error('l3', 3)", "=f"))
e(load("local ok, m = pcall(error, 'msg', 1) error(m, 0)", "=f"))
e(load("table.sort({1, 2}, function(a, b) error('cmp') end)", "=f"))
e(load("string.gsub('x', 'x', function() error('repl') end)", "=f"))
e(load("setmetatable({}, {__index = function() error('idx') end}).x = nil return setmetatable({}, {__index = function() error('idx') end}).x",
  "=f"))
e(load("local t = setmetatable({}, {__add = function(a, b) error('add', 2) end})\n\nreturn t + 1",
  "=f"))
e(load("for i in function() error('it', 2) end do end", "=f"))
e(load("return -{}\n", "=f"))
e(load("local a = {}\nlocal b = a.x.y\n", "=f"))
e(load("x = 1\ny = x .. {}\n", "=f")) e(load("f = nil\n\nf(\n1\n)\n", "=f"))
e(load("local s = 's'\nreturn s.x.y", "=f"))
e(load("error(setmetatable({}, {__tostring = function() return 'obj' end}))", "=f") and
  function() error("plain", 0) end)
-- stripped code has no names and no lines
local strip = function(s) return load(string.dump(load(s, "=src"), true)) end
e(strip "error('stripped')") e(strip "local a; return a.x") e(strip "return x.y.z")
e(strip "local t = {} t.m()") e(strip "local t = {} t:m()") e(strip "return 1 + {}")
e(strip "return up .. 'x'")
e(strip "local function f() error('lvl2', 2) end f()")
e(strip "return 1 < {}") e(strip "string.rep()")
local keep = function(s) return load(string.dump(load(s, "=src"))) end
e(keep "error('kept')") e(keep "local a; return a.x") e(keep "\n\nlocal t = {} t.m()")
print(select(2, xpcall(load("local x\n\nx()", "=h"), function(m) return "handler saw " .. m end)))
