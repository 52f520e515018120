-- Asking for files that are not there costs fuel.
-- limits: fuel=5000000 time=3000
-- grants: folder
-- expect: outOfFuel
while true do io.open("none") os.remove("none") os.rename("none", "nothing") loadfile("none") end
