-- The parser's nesting has a limit.
-- expect: finished nil
return (load("return " .. ("("):rep(100000) .. "1" .. (")"):rep(100000)))
