-- What reaches into others is not there.
-- expect: finished nil nil nil nil nil nil nil nil
return debug.getupvalue, debug.setupvalue, debug.getlocal, debug.setlocal, debug.sethook, debug.getregistry,
  debug.setmetatable, debug.upvaluejoin
