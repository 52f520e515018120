-- getinfo would hand out the caller's function.
-- expect: error invalid option
return debug.getinfo(1, "f")
