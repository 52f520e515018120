-- A chunk is a vararg function: arguments, returns, upvalue _ENV, nested loads.
local f = load("local a, b = ... return select('#', ...), a, b, ...")
print(f())
print(f(1))
print(f(nil, nil))
print(f(1, 2, 3))
print(load("return ...", "=c")(load("return ...", "=d")(1, 2), 3))
local chunk = load("x = (x or 0) + (... or 1) return x", "=x", "t", {})
print(chunk(), chunk(5), chunk())
local env1, env2 = {}, {}
local src = "v = ... return function() v = v .. '!' return v end"
local a, b = load(src, "=a", "t", env1)("one"), load(src, "=b", "t", env2)("two")
print(a(), b(), a(), env1.v, env2.v, v)
print(load("return load('return load(\"return 1 + 1\")()')()")())
print(pcall(load("error('in chunk', 2)", "=lvl")))
print(load("goto done do return 'skipped' end ::done:: return 'done'")())
print((load("return function(...) return ... end"))()(1, nil))
print(select("#", load("return")()), select("#", load("return nil")()), select("#",
  load("return (nil)")()))
local results = {}
for i = 1, 5 do results[i] = load("return " .. i .. " * ...")(10) end
print(table.concat(results, " "))
local t = {}
for k, c in pairs {a = "t.x = 1", b = "t.y = 2"} do load(c, k, "t", {t = t})() end
print(t.x, t.y)
print(debug.getinfo(load("", "=named"), "S").short_src, debug.getinfo(load("return 1"),
  "u").isvararg, debug.getinfo(load("return 1"), "u").nups)
