-- The same with unary operators.
-- expect: finished nil
return (load("return " .. ("not "):rep(50000) .. "true"))
