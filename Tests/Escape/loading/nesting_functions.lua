-- The same with functions in functions.
-- limits: memory=64000000 fuel=200000000
-- expect: finished nil
return (load(("return function() "):rep(5000) .. ("end "):rep(5000)))
