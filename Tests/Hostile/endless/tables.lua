-- Tables made of holes, full to the brim, or linked to one another. One program a line.
local t={} for i=1,1e5 do t[-i]=i end for k in pairs(t) do t[k]=nil end for i=1,1e9 do for k in pairs(t) do end end
local t = {} for i=1,1e6 do t[i]=i end for i=1,1e6-1 do t[i]=nil end while true do next(t) end
local t={} for i=1,3e5 do t[i]=i end for i=1,3e5 do t[i]=nil end for i=1,1e9 do t[3e5]=1 t[3e5]=nil end
local t={} for i=1,2^18-1 do t[i+0.5]=i end for i=1,1e9 do t[-i]=1 t[-i]=nil end
local t={} for i=1,3e5 do t[i]=i end for i=1,1e9 do t["k"..i]=1 t["k"..i]=nil end
local t={} for i=1,3e5 do t[i+0.5]=1 end for i=1,3e5 do t[i+0.5]=nil end for i=1,1e9 do next(t) end
local t={} for i=1,3e5 do t[i+0.5]=1 end for i=1,3e5 do t[i+0.5]=nil end for i=1,1e9 do for k in pairs(t) do end end
local t={} for i=1,3e5 do t[i]=1 end for i=1,3e5-1 do t[i]=nil end for i=1,1e9 do next(t) end
local t={} for i=1,3e5 do t[{}]=1 end local k=next(t) for x in next,t do t[x]=nil end collectgarbage() for i=1,1e9 do pcall(next,t,k) end
local t={} for i=1,3e5 do t[{}]=1 end for x in next,t do t[x]=nil end for i=1,1e9 do pcall(next,t,{}) end
local t={} for i=1,90 do t=setmetatable({},{__index=t}) end for j=1,1e9 do local x=t.x end
local t={} for i=1,90 do t=setmetatable({},{__newindex=t}) end for j=1,1e9 do t.x=nil end
