-- The rule `sharesClosures` of DialectRules.swift.
local function make() return function() return 1 end end
local function keep(x) return function() return x end end
print(make() == make(), keep(1) == keep(1))
