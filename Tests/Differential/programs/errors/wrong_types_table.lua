-- Wrong types in the first argument of many functions.
local bad = {true, print, {}, coroutine.create(print)}
local names = {"boolean", "function", "table", "thread"}
for fname in ("upper len rep reverse byte"):gmatch("%a+") do
  for i, v in ipairs(bad) do print(fname, names[i], select(2, pcall(string[fname], v, 1))) end
end
for fname in ("concat unpack insert remove sort"):gmatch("%a+") do
  for i, v in ipairs {true, print, "s", 5} do
    print(fname, type(v), (select(2, pcall(table[fname], v, 1))))
  end
end
for fname in ("floor abs sqrt sin max"):gmatch("%a+") do
  for i, v in ipairs {true, "x", {}} do
    local ok, e = pcall(math[fname], v)
    print(fname, type(v), ok or e)
  end
end
for i, v in ipairs {true, "x", 5, {}} do
  print(type(v), select(2, pcall(coroutine.resume, v)), select(2, pcall(setmetatable, v, 5)))
end
