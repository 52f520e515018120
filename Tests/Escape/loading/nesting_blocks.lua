-- The same with blocks.
-- limits: memory=64000000 fuel=200000000
-- expect: finished nil
return (load(("do "):rep(20000) .. ("end "):rep(20000)))
