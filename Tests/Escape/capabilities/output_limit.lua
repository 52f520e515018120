-- Output ends at its limit.
-- grants: streams
-- limits: output=1000
-- expect: error output limit reached
-- output: 1000
while true do print("spam") end
