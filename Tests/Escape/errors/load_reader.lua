-- A reader that fails, yields and returns what is no text.
-- expect: finished nil nil
local a = load(function() error("x") end)
local b = load(function() return {} end)
return a, b
