-- Names of a megabyte.
-- grants: folder
-- limits: fuel=50000000
-- expect: finished nil nil
return io.open(("x"):rep(1000000)), (io.open(("x/"):rep(100000)))
