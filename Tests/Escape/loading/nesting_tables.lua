-- The same with table constructors.
-- expect: finished nil
return (load("return " .. ("{"):rep(50000) .. ("}"):rep(50000)))
