-- Nor are another dialect's globals a way to write the libraries of this one.
-- grants: files
-- expect: finished false false
-- after: string.evil == nil
local f = io.open("older.lua", "w")
f:write("-- lua: 5.1\nreturn (pcall(rawset, getmetatable('') or string, 'evil', 1)), (pcall(function() string.evil = 1 end))")
f:close()
return dofile("older.lua")
