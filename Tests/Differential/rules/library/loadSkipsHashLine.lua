-- `load` passes over a first line that begins with `#`.
local f, m = (loadstring or load)("#!/usr/bin/lua\nreturn 2", "=x")
print(f and f() or m)
