-- Reading beyond the end of input.
-- grants: streams
-- expect: finished input nil nil
return io.read(), io.read(), (io.read(100))
