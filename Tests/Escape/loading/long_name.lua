-- An identifier of a megabyte in an error message.
-- limits: memory=64000000 fuel=200000000
-- expect: finished false
local name = ("x"):rep(100000)
local f = load("return " .. name .. "." .. name .. "()")
return (pcall(f))
