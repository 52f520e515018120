-- <const> folding and attribute errors.
local a <const> = 10
local b <const>, c = 20, 30
c = c + a + b
print(a, b, c)
local s <const>, n <const>, t <const>, f <const> = "str", nil, true, 1.5
print(s, n, t, f, s .. a, a * f)
local tab <const> = {}
tab.x = 1
print(tab.x)
local function up() return a + b, s end
print(up())
local function e(src) print(select(2, load(src, "=k"))) end
e "local x <const> = 1; x = 2" e "local x <const> = 1; x, y = 2, 3" e "local x <close> = nil; x = 2"
e "local x <const> = 1; local function f() x = 2 end"
e "local x <foo> = 1" e "local x <const = 1" e "local x <> = 1"
e "local x <close>, y <close> = nil, nil" e "local function f <const> () end"
e "for i <const> = 1, 2 do end" e "local x <const>; x = 1" e "local x < const > = 1; return x"
e "global x <const> = 1"
e "local a <const> = 1; for a = 1, 2 do a = 3 end; a = 4"
e "local x <const> = 1; function x() end"
e "local x <const> = {}; x.y = 1; function x.f() end; x = nil"
e "local x<const>=1 do local x = 2; x = 3 end"
local x <const> = 1
do local x = 2 x = 3 print(x) end
print(x, -a, a // 3, a == 10, a < b, a .. "")
local big <const>, neg <const>, flt <const> = math.maxinteger, -1, -0.0
print(big + 1 == math.mininteger, neg << 1, 1 / flt, ~neg)
if t then print("const true") end
if n then print("never") else print("const nil") end
