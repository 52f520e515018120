-- Module names of a megabyte.
-- grants: files
-- limits: memory=16000000 fuel=50000000
-- expect: finished false
return (pcall(require, ("x."):rep(100000)))
