-- Traceback text for globals, locals, methods, upvalues, library fields and main chunks.
local function trace(tag) print((debug.traceback(tag, 2))) end
local function loc() trace("local") end
function glo() trace("global") end
local t = {f = function() trace("field") end, n = {g = function() trace("nested") end}}
function t.dotted() trace("dotted") end
function t:m() trace("method") end
loc() glo() t.f() t.n.g() t.dotted() t:m()
local function upcaller() loc() end
upcaller()
string.tracer = function() trace("in string") end
string.tracer(); ("x"):tracer() string.tracer = nil
load("local f = ... f()", "=chunk")(loc)
load("local f = ...\n\nf()", "@file.lua")(loc)
load("local f = ... f()", "a text chunk")(loc)
pcall(loc) select(2, pcall(pcall, loc)) xpcall(loc, print) coroutine.wrap(loc)()
table.sort({1, 2}, function(a, b) loc() return a < b end)
string.gsub("x", ".", function() loc() end)
for _ in function() loc() end do end
local _ = setmetatable({}, {__index = function() loc() end}).x
_ = setmetatable({}, {__add = function() loc() return 0 end}) + 1
do local c <close> = setmetatable({}, {__close = function() loc() end}) end
local function tail() return loc() end tail() dofile = dofile require = require
local function deep(n) if n == 0 then trace("deep") else deep(n - 1) end end deep(30)
