-- Nor does catching the error help.
-- grants: streams
-- limits: output=1000 fuel=3000000
-- expect: outOfFuel
-- output: 1000
while true do pcall(print, "spam") pcall(io.write, "spam") pcall(io.stderr.write, io.stderr, "spam") end
