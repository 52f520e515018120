-- Collections asked for, or brought about near the memory limit. One program a line.
local t={} for i=1,2e5 do t[i]={} end for i=1,1e9 do collectgarbage() end
local t={} for i=1,2e5 do t[i]={} end for i=1,1e9 do collectgarbage("step",1e9) end
local t={} while true do pcall(function() while true do t[#t+1]=("x"):rep(100)..#t end end) end
local t={} while true do pcall(function() while true do t[#t+1]={} end end) end
local t={} while true do pcall(function() while true do t={t} end end) end
local t={} while true do pcall(function() while true do t[#t+1]=function() return t end end end) end
local t={} while true do pcall(function() while true do t[#t+1]=coroutine.create(print) end end) end
local t={} while true do pcall(function() while true do t[#t+1]=load("return "..#t) end end) end
local t=setmetatable({},{}) getmetatable(t).__gc=function(o) setmetatable(o,getmetatable(o)) end setmetatable({},getmetatable(t)) while true do collectgarbage() end
local mt={} mt.__gc=function(o) error(o) end for i=1,1e9 do setmetatable({},mt) end
local function g() coroutine.wrap(g)() end while true do pcall(g) end
local function g() return coroutine.wrap(function() return pcall(g) end)() end while true do pcall(g) end
for i=1,1e9 do coroutine.wrap(function() local x<close> = setmetatable({},{__close=function() error("x") end}) coroutine.yield() end)() end
local t=setmetatable({},{__mode="k"}) for i=1,1e9 do t[{}]=t collectgarbage("step") end
local co={} for i=1,1e4 do co[i]=coroutine.create(function() coroutine.yield() end) coroutine.resume(co[i]) end for j=1,1e9 do collectgarbage("step") end
local t=setmetatable({},{__mode="k"}) local k={} for i=1,30000 do k[i]={} end for i=29999,1,-1 do t[k[i]]=k[i+1] end local first=k[1] k=nil while true do local g={} end
