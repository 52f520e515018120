-- A crafted binary chunk.
-- expect: finished nil
local f, message = load("\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8xV\0\0\0\0\0\0\0\0\0\0\0(w@\1")
return f
