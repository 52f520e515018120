-- Functions of 5.2 are equal when nothing can tell them apart.
local function make() return function(x) return x end end
print(make() == make())
local function keep(v) return function() return v end end
print(keep(1) == keep(1))
local t = {}
for i = 1, 3 do t[i] = function() return 1 end end
print(t[1] == t[2], t[2] == t[3])
local u = {}
for i = 1, 3 do u[i] = function() return i end end
print(u[1] == u[2], u[1](), u[2](), u[3]())
local shared = 0
local w = {}
for i = 1, 3 do w[i] = function() shared = shared + 1 return shared end end
print(w[1](), w[2](), w[3](), w[1] == w[2])
local function outer() local function inner() return outer end return inner end
print(outer() == outer())
