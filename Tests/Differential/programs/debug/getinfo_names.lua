-- getinfo option n: how a function was called.
local function show() local i = debug.getinfo(2, "n") print(i.name, i.namewhat) end
local function loc() show() end
function glob() show() end
local t = {field = function() show() end, [1] = function() show() end}
function t:method() show() end
loc() glob() t.field() t:method() t[1]()
local up = loc
local function viaup() up() end
viaup()
local key = "field"
t[key]()
pcall(loc)
local mt = setmetatable({}, {__index = function() show() end, __newindex = function() show() end, __add = function() show() return 1 end, __call = function() show() end,
  __concat = function() show() return "" end, __len = function() show() return 0 end, __unm = function() show() return 0 end, __eq = function() show() return true end, __lt = function() show() return true end, __le = function() show() return true end, __close = function() show() end, __bnot = function() show() return 0 end, __idiv = function() show() return 0 end})
local _ = mt.x, mt + 1, mt .. "", #mt, -mt, mt == setmetatable({}, getmetatable(mt)), mt < 1,
  mt <= 1, ~mt, mt // 1
mt.x = 1
mt()
do local c <close> = mt end
for _ in function() show() end do end
string.gsub("x", "x", function() show() end)
table.sort({1, 2}, function(a, b) show() return a < b end)
local function tail() return loc() end
tail()
coroutine.wrap(loc)()
print(debug.getinfo(1, "n").name, debug.getinfo(loc, "n").name)
local anonymous = (function() show() end)()
