-- __gc and __close called by hand.
-- grants: files
-- expect: finished nil nil
local f = io.open("sub/file")
return f.__gc, f.__close
