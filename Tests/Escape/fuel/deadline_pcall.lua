-- Nor does a protected call catch the deadline.
-- limits: fuel=1000000000000 time=200
-- expect: deadline
-- after: reached == nil
pcall(function() while true do pcall(string.rep, "x", 100) end end)
reached = true
