-- Long strings compared, read as numbers, formatted and searched. One program a line.
local s,t=("x"):rep(1e7),("x"):rep(1e7-1).."y" for i=1,1e9 do local b=s<t end
local s,t=("x"):rep(1e7),("x"):rep(1e7-1).."y" for i=1,1e9 do local b=s==t end
local s=("x"):rep(1e6) for i=1,1e9 do s:find(("x"):rep(5e5).."y",1,true) end
local s=("1"):rep(1e6) for i=1,1e9 do tonumber(s) end
local s=("1"):rep(1e6).."e-999999" for i=1,1e9 do tonumber(s) end
local s=("z"):rep(1e6) for i=1,1e9 do tonumber(s,36) end
local s=(" "):rep(1e6) for i=1,1e9 do tonumber(s) end
local s="0x"..("f"):rep(1e6) for i=1,1e9 do local x = s+0 end
local s=("x"):rep(1e6) for i=1,1e9 do string.format("%q",s) end
for i=1,1e9 do string.format("%99.99f%99.99f%99.99f",1e308,1e308,1e308) end
for i=1,1e9 do local s = tostring(1e308+i) end
local s=("x"):rep(1e6) local t={} for i=1,1e9 do local q=t[s] end
local s=("x"):rep(1e6) local u=("x"):rep(1e6) local t={[s]=1} for i=1,1e9 do local q=t[u] end
local s=("%d"):rep(1e5) for i=1,1e9 do pcall(string.format,s,1) end
