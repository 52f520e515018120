-- Iterators over files that are never finished.
-- grants: files
-- limits: handles=5 fuel=50000000
-- expect: finished true
for i = 1, 200 do for line in io.lines("sub/file") do break end end
return true
