-- Never ends in a comparator.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
table.sort({1, 2, 3}, function() while true do end end)
