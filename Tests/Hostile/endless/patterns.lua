-- Patterns whose items cost more than a step. One program a line.
while true do pcall(string.gsub,("x"):rep(1e5),"",("y"):rep(1e5)) end
while true do pcall(string.match,("x"):rep(1e5),("[^y]-"):rep(20).."z") end
while true do pcall(string.match,"x",("["):rep(1e5)) end
local p="["..("a"):rep(1e5).."]" while true do string.find("b",p) end
