-- Never ends in a callback of the library.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
("x"):gsub("x", function() while true do end end)
