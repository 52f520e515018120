-- Order of evaluation in constructors and their big sizes.
local log = {}
local function v(x) log[#log + 1] = tostring(x) return x end
local t = {v(1), [v("k")] = v("v"), v(2), x = v("xx"), v(3)}
print(table.concat(log, " "), t[1], t[2], t[3], t.k, t.x)
local function mr(...) return ... end
print(#{mr(1, 2, 3)}, #{mr(1, 2, 3), 10}, #{(mr(1, 2, 3))}, #{mr(1, 2), mr(1, 2)}, #{mr()}, #{mr(),
  mr()}, #{mr(nil, nil, 3)} >= 0)
local function va(...) return {...}, {n = select("#", ...), ...}, {..., "end"}, {"start", ...} end
local a, b, c, d = va(1, 2, 3)
print(#a, b.n, #b, #c, c[2], #d, d[4])
local src = {"return {"}
for i = 1, 1000 do src[#src + 1] = i .. "," end
src[#src + 1] = "}"
local big = load(table.concat(src))()
print(#big, big[1], big[50], big[51], big[511], big[512], big[1000])
src = {"return {"}
for i = 1, 300 do src[#src + 1] = "k" .. i .. " = " .. i .. "," end
src[#src + 1] = "}"
local h = load(table.concat(src))()
print(h.k1, h.k150, h.k300, h.k301)
local dup = {a = 1, a = 2, ["a"] = 3}
print(dup.a, ({[1] = "x", "y"})[1])
