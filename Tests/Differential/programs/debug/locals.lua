-- getlocal and setlocal: names, scopes, parameters, varargs, inactive functions.
local function f(a, b, ...)
  local x = 10
  do local inner = "gone" end
  local y = "why"
  local names = {}
  for i = 1, 10 do
    local n, v = debug.getlocal(1, i)
    if not n then break end
    names[#names + 1] = n .. "=" .. tostring(v):gsub("table: .*", "T")
  end
  print(table.concat(names, " "))
  print(debug.getlocal(1, -1)) print(debug.getlocal(1, -2)) print(debug.getlocal(1, -3))
  print(debug.setlocal(1, 1, "new a"), debug.setlocal(1, 3, 99), debug.setlocal(1, -1,
    "new vararg"), debug.setlocal(1, 50, 0), debug.setlocal(1, -50, 0))
  print(a, b, x, y, ...)
end
f(1, 2, "v1", "v2")
f(nil)
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
print(debug.getlocal(print, 1))
local shadow = 1
local shadow = 2
local n1, v1, n2, v2
for i = 1, 20 do
  local n, v = debug.getlocal(1, i)
  if n == "shadow" then if not n1 then n1, v1 = n, v elseif not n2 then n2, v2 = n, v end end
end
print(n1, v1, n2, v2)
local function outer()
  local o = "outer's"
  local function inner() local i = 1 return debug.getlocal(2, 1) end
  local n, v = inner()
  return n, v
end
print(outer())
for i = 1, 2 do
  local names = {}
  for j = 1, 30 do
    local n = debug.getlocal(1, j)
    if n and n:sub(1, 1) ~= "(" then names[#names + 1] = n end
  end
  print(names[#names - 1], names[#names])
end
print(pcall(debug.getlocal, 99, 1))
print(pcall(debug.getlocal))
print(pcall(debug.getlocal, 1))
print(pcall(debug.getlocal, "x", 1))
print(pcall(debug.setlocal, 99, 1, 1))
print(pcall(debug.setlocal, 1))
print(pcall(debug.getlocal, 1, "x"))
print(pcall(debug.setlocal, 1, 1))
print(debug.getlocal(1, 1000), debug.getlocal(1, 0))
