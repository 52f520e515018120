-- The same with operators that bind to the right.
-- expect: finished nil
return (load("return " .. ("2^"):rep(50000) .. "2"))
