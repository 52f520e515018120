-- Table constructors: positions, order of evaluation, trailing calls, nils.
local function mr() return 1, 2, 3 end
print(#{mr()}, #{mr(), 10}, #{(mr())}, #{mr(), mr()}, #{10, mr()}, #{x = mr()}, #{[1] = mr()})
local t = {1, 2, 3, x = 1, ["y z"] = 2, 4; 5, n = nil}
print(t[1], t[2], t[3], t[4], t[5], t.x, t["y z"])
print(#{n = 1; 2; 3}, ({10, 20, 30})[2], ({...})[1], #{...}, ({[2] = "b", "a"})[2])
-- separators, trailing ones, nesting, keywords as string keys
local nested = {{1, 2}, {x = {y = {z = "deep"}}}, ["end"] = "keyword", [true] = {false},}
print(nested[1][2], nested[2].x.y.z, nested["end"], nested[true][1], #nested)
print(#{nil, nil, 3} >= 0, #{1, nil} == 1, next({nil, nil}), #{f = mr, mr}, #{mr; mr()})
local function own() return {} end
print(own() == own(), #own(), {} == {}, t == t)
local list = {"a", "b", n = 2, [4] = "d"}
list[3] = "c"
print(#list, table.concat(list))
