-- An uncaught error object with __tostring also exits with 1.
print("before")
local t = setmetatable({}, {__tostring = function() return "shown on standard error" end})
local closed <close> = setmetatable({}, {__close = function() print("closed on the way out") end})
local function level1() error(t) end
local function level2() level1() end
print(pcall(level2) == false)
level2()
print("never")
print("never") print("never") print("never")
