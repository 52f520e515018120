-- %p: pointers are stable per object and null for values without one.
print(string.format("%p", 1), string.format("%p", nil), string.format("%p", true),
  string.format("%p", 1.5))
print(string.format("%10p|", 1), string.format("%-10p|", nil))
local t, u = {}, {}
print(string.format("%p", t) == string.format("%p", t), string.format("%p",
  t) == string.format("%p", u))
print(string.format("%p", print) == string.format("%p", print), string.format("%p",
  print) ~= string.format("%p", t))
local co = coroutine.create(print)
print(string.format("%p", co) == string.format("%p", co))
print(#string.format("%40p", t) == 40, #string.format("%-40p", t) == 40)
print(string.format("%p", "short") == string.format("%p", "sh" .. "ort"))
print(pcall(string.format, "%p"))
print(pcall(string.format, "%.3p", 1))
print(pcall(string.format, "%05p", 1))
local function f() end
local function g() end
print(string.format("%p", f) == string.format("%p", f), string.format("%p",
  f) ~= string.format("%p", g))
