-- A protected call does not help it.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
pcall(string.find, ("a"):rep(40), ("a-"):rep(30) .. "b")
while true do end
