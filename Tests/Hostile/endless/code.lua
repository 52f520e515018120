-- Code loaded, described and left by errors. One program a line.
local s="return "..("1+"):rep(1e5).."1" for i=1,1e9 do load(s) end
local f=load(("x=1 "):rep(1e5)) for i=1,1e9 do debug.getinfo(f,"L") end
local f=load(("x=1 "):rep(1e5)) for i=1,1e9 do debug.getinfo(f,"S") end
while true do pcall(load,("("):rep(1e5)) end
while true do pcall(load,("a="):rep(1e5)) end
while true do pcall(load,"goto a "..("::a%d:: "):rep(1e5):gsub("%%d",function() i=(i or 0)+1 return i end)) end
local s=("x"):rep(1e6) for i=1,1e9 do load("x",s) end
local s=("x"):rep(1e6) for i=1,1e9 do pcall(error,s) end
local s=("x"):rep(1e6) for i=1,1e9 do pcall(error,s,1) pcall(assert,false,s) end
local s=("x"):rep(1e6) for i=1,1e9 do pcall(debug.getinfo,1,s) end
local s=("S"):rep(1e6) for i=1,1e9 do pcall(debug.getinfo,1,s) end
local s=("f"):rep(1e4) for i=1,1e9 do pcall(debug.getinfo,1,s) end
local s=("x"):rep(1e6) for i=1,1e9 do debug.traceback(s) end
local s="if x then "..("t[1]=1 "):rep(5e4).." end coroutine.yield()" local f=load(s) for i=1,1e9 do coroutine.wrap(f)() end
local s="if x then "..("t[1]=1 "):rep(5e4).." end error()" local f=load(s) for i=1,1e9 do pcall(f) end
