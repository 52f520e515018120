-- A Lua program that requires a module compiled from Fuse.
local shapes = require("shapes")
local small, large = shapes.circle(), shapes.circle(3)
print(string.format("%d %d %d", small:area(), large:area(), small.radius))
large:grow(1)
print(string.format("%d", shapes.total({ small, large })), string.format("%d", shapes.find({ small, large }, 4)), shapes.find({ small }, 9))
print(string.format("%d %d", shapes.extremes(3, 9, -1)))
print(shapes.version, string.format("%d %d", shapes.called(), shapes.called()))
