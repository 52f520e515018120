-- Loops counting in many shapes produce the same sums.
local function sum(f) local s = 0 for _, v in ipairs(f()) do s = s + v end return s end
local forms = {function() local t = {} for i = 1, 10 do t[#t + 1] = i end return t end,
  function() local t = {} for i = 10, 1, -1 do t[#t + 1] = i end return t end,
  function() local t, i = {}, 1 while i <= 10 do t[#t + 1] = i i = i + 1 end return t end,
  function() local t, i = {}, 0 repeat i = i + 1 t[i] = i until i == 10 return t end, function() local t, i = {}, 1 ::l:: t[i] = i i = i + 1 if i <= 10 then goto l end return t end, function() local t = {} local function r(i) if i > 10 then return t end t[i] = i return r(i + 1) end return r(1) end, function() local t = {} for i in coroutine.wrap(function() for i = 1, 10 do coroutine.yield(i) end end) do t[i] = i end return t end, function() local t = {} for i, c in ("1 2 3 4 5 6 7 8 9 10"):gmatch("()(%d+)") do t[#t + 1] = tonumber(c) end return t end, function() local t = {} for i = 1.0, 10 do t[#t + 1] = i end return t end, function() local t = {} for i = 5, 50, 5 do t[#t + 1] = i // 5 end return t end}
for i, f in ipairs(forms) do io.write(sum(f), " ") end
print()
for _, r in ipairs {{1, 5, 2}, {5, 1, -2}, {0, 1, 0.25}, {1, 0, 1}, {-3, 3, 3}, {3, 3, 1}, {3, 3,
  -1}, {1, 10, 100}, {-1, -10, -4}, {0.5, 2.5, 1}} do
  local o = {}
  for i = r[1], r[2], r[3] do o[#o + 1] = i end
  print(r[1], r[2], r[3], #o, table.concat(o, " "))
end
local n = 0
for i = 1, 3 do for j = i, 3 do for k = j, 3 do n = n + i * j * k end end end
print(n)
local acc = {}
for i = 1, 3 do
  local j = 0
  while true do j = j + 1 if j > i then break end acc[#acc + 1] = i .. j end
end
print(table.concat(acc, " "))
for i = 3, 1 do print("never") end
for i = 1, 3 do i = i * 2 io.write(i, " ") end
for i = 1, 3 do local i = "shadow" .. i io.write(i, " ") end
print()
local last
for i = 1, 1e300, 1e299 do last = i n = n + 1 if n > 200 then break end end
print(last > 1e299, n)
