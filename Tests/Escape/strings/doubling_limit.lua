-- Doubling until the limit of one string.
-- limits: string=100000
-- expect: finished false true
local s = "x"
local ok = pcall(function() while true do s = s .. s end end)
return ok, #s <= 100000
