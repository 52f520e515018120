-- Keeps what it compiles: code and names are memory too.
-- limits: memory=4000000 fuel=500000000
-- expect: error not enough memory
local kept = {}
for i = 1, 1e6 do
  kept[i] = load("local a" .. i .. " = 'text" .. i .. "' return function(x, y, z) return a" .. i .. " end")
end
