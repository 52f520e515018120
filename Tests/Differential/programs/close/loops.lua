-- <close> in loops, with break, goto continue and nested loops.
local function c(n) return setmetatable({}, {__close = function() io.write("-", n, " ") end}) end
for i = 1, 3 do
  local x <close> = c(i)
  if i == 2 then goto continue end
  io.write(i, " ")
  ::continue::
end
print()
for i = 1, 3 do
  local x <close> = c("o" .. i)
  for j = 1, 3 do local y <close> = c("i" .. j) if j == 2 then break end end
  if i == 2 then break end
end
print()
local n = 0
while n < 3 do local x <close> = c("w" .. n) n = n + 1 end
print()
repeat local x <close> = c("r" .. n) n = n - 1 until n == 0
print()
repeat local x <close> = c("until") local stop = true until stop
print()
for i = 1, 2 do
  do local a <close> = c "a" do local b <close> = c "b" goto out end end
  ::out::
  io.write("out ")
end
print()
local function f()
  for i = 1, 5 do
    local x <close> = c(i)
    for j = 1, 5 do local y <close> = c(i .. j) if i * j == 4 then return i, j end end
  end
end
print(f())
local function nested()
  while true do
    local a <close> = c "a"
    while true do local b <close> = c "b" do local d <close> = c "d" return "deep" end end
  end
end
print(nested())
local fs = {}
for i = 1, 3 do local x <close> = c("up" .. i) fs[i] = function() return x ~= nil, i end end
print(fs[1](), fs[3]())
do local i = 0 ::top:: local x <close> = c("t" .. i) i = i + 1 if i < 3 then goto top end end
print()
for k, v in pairs {10} do local x <close> = c("pairs") end
print()
for _ in (function() local done return function() if not done then done = true return 1 end end end)(),
  nil, nil, c("closing value") do
  local x <close> = c("body")
end
print()
local count = 0
for i = 1, 100 do
  local x <close> = setmetatable({}, {__close = function() count = count + i end})
end
print(count)
