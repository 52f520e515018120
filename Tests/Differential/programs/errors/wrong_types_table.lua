-- Wrong types in the first argument of many functions.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'"):gsub("'unpack'", "'table.unpack'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
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
