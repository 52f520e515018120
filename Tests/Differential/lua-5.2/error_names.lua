-- The names that errors of 5.2 give to values.
local function e(f, ...) print((select(2, pcall(f, ...)))) end
local up
e(function() local a return a.b end) e(function() return up.b end) e(function() return global.b end)
e(function() local t = {} return t.x.y end) e(function() local t = {} t.x.y = 1 end)
e(function() local t = {} t:method() end) e(function() local t = {} t.f() end) e(function() undefined() end)
e(function() local s = "x" s() end) e(function() ("literal")() end) e(function() return -{} end)
e(function() return 1 + {} end) e(function() local n return n + 1 end) e(function() return "a" + 1 end)
e(function() return {} .. "x" end) e(function() local n return "x" .. n end) e(function() return #nil end)
e(function() return 1 < {} end) e(function() return {} < {} end) e(function() return nil < 1 end)
e(function() local t = {} t[nil] = 1 end) e(function() local t = {} t[0/0] = 1 end)
e(function() local t = {} return t[1][2] end) e(function() local t, k = {}, "k" return t[k].z end)
e(function() for i = 1, "x" do end end) e(function() for i = {}, 2 do end end) e(function() for i = 1, 2, {} do end end)
e(function() for k in 5 do end end) e(function() for k in pairs(nil) do end end)
e(function() return math.floor({}) end) e(function() return ("x"):rep({}) end) e(function() string.rep() end)
e(function() return setmetatable(1, {}) end) e(function() local _ENV = {} x() end)
e(function() local _ENV = nil return x end) e(function() return (nil)() end) e(function() return (1).x end)
e(function() error() end) e(function() error("msg", 0) end) e(function() error("msg", 2) end)
e(function() ("x"):bad() end) e(function() return ("x").y.z end)
