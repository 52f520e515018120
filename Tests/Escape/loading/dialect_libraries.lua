-- A file that says it is of another dialect finds that dialect's libraries in the same few.
-- grants: files
-- expect: finished nil nil nil false nil
local f = io.open("older.lua", "w")
f:write("-- lua: 5.1\nreturn string.dump, debug.sethook, debug.getupvalue, (pcall(rawset, string, 'x', 1)), os.execute")
f:close()
return dofile("older.lua")
