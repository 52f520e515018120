-- The functions of 5.1 that reach environments and make modules change nothing that is shared.
-- grants: files
-- expect: finished false false false
-- after: string.format("%d", 7) == "7" and x == nil
local f = io.open("older.lua", "w")
f:write([[
-- lua: 5.1
local first = pcall(setfenv, string.format, {})
local second = pcall(function() module("string") end)
local third = pcall(function() module("math", package.seeall) x = 1 end)
return first, second, third
]]):close()
return dofile("older.lua")
