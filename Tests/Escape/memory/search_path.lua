-- A long name and a path of many templates multiply to gigabytes.
-- limits: memory=32000000 fuel=200000000 time=10000
-- grants: files
-- expect: finished true false not enough memory
local name, path = ("x"):rep(10000), ("?;"):rep(20000)
local marks = ("?"):rep(100000)
return not pcall(package.searchpath, name, marks), pcall(package.searchpath, name, path)
