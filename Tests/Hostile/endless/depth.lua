-- Deep stacks walked again and again. One program a line.
local function d(n) if n>0 then return 1+d(n-1) end for i=1,1e9 do debug.traceback() end end d(150000)
local function d(n) if n>0 then return 1+d(n-1) end for i=1,1e9 do debug.getinfo(149990,"l") end end d(150000)
for i=1,2e5 do package=package or debug.getregistry() end local t=_G for i=1,2e5 do t["v"..i]=i end for i=1,1e9 do debug.traceback() end
local function f(...) return f(1,...) end while true do pcall(f) end
local function f(...) return 1+f(1,...) end while true do pcall(f) end
local function f() return pcall(f) end while true do f() end
local function f() return xpcall(f,f) end while true do f() end
local s=("l"):rep(1e6) for i=1,1e9 do debug.sethook(print,s) debug.sethook() end
