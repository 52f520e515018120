-- An element given by its place and by its key: the places are filled last.
local t = {1, 2, 3, [1] = "lost", [3.0] = "also lost", 4}
print(t[1], t[2], t[3], t[4], #t)
local u = {[2] = "lost", "a", "b"}
print(u[1], u[2], #u)
