-- An iterator that never says nil.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
for _ in function() return 1 end do end
