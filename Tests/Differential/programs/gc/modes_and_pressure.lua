-- Programs give the same results in both modes, with tiny and huge parameters.
local function work()
  local t = {}
  for i = 1, 3000 do t[i % 100 + 1] = {i, tostring(i), function() return i end} end
  local s = 0
  for i = 1, 100 do s = s + t[i][1] + #t[i][2] + t[i][3]() end
  return s
end
print(work())
collectgarbage("generational")
print(work(), work())
collectgarbage("incremental")
print(work())
for _, p in ipairs { 100, 200, 1000 } do collectgarbage("setpause", p) io.write(work(), " ") end
for _, m in ipairs { 100, 400, 1000 } do collectgarbage("setstepmul", m) io.write(work(), " ") end
print()
collectgarbage("incremental", 150, 200, 10)
print(work())
collectgarbage("generational", 10, 50)
print(work())
collectgarbage("incremental")
collectgarbage("stop")
for i = 1, 10 do collectgarbage("step", i) end
print(work())
collectgarbage("restart")
local steps = 0
repeat steps = steps + 1 until collectgarbage("step", 1000) or steps > 1000
print(steps <= 1000)
local before = collectgarbage("count")
local big = ("x"):rep(1000000)
print(collectgarbage("count") - before > 900)
big = nil collectgarbage()
print(collectgarbage("count") - before < 100)
local list
for i = 1, 20000 do list = {next = list, v = i} end
local n, s = 0, 0
while list do n = n + 1 s = s + list.v list = list.next end
print(n, s)
collectgarbage()
local strings = {}
for i = 1, 2000 do strings[i] = ("s"):rep(i % 50) .. i end
collectgarbage()
local h = 0
for i = 1, 2000 do h = (h * 31 + #strings[i]) % 1000003 end
print(h)
local cyc = {}
for i = 1, 1000 do local a, b = {}, {} a.b, b.a = b, a cyc[i % 10] = a end
collectgarbage()
print(cyc[1].b.a == cyc[1])
