-- Compiler limits are errors with the function's line.
local function src(n, f, sep)
  local t = {}
  for i = 1, n do t[i] = f(i) end
  return table.concat(t, sep)
end
print(load(src(200, function(i)
  return "local a" .. i .. " = " .. i
end, "\n") .. "\nreturn a1 + a200")())
print(load(src(201, function(i) return "local a" .. i end, "\n"), "=l"))
print(load("local function f()\n" .. src(201, function(i) return "local a" .. i end, " ") .. " end",
  "=l"))
print(load("local " .. src(201, function(i) return "a" .. i end, ","), "=l"))
local function ups(n)
  local a, b = math.min(n, 150), n - 150
  return "local " .. src(150, function(i) return "a" .. i end, ",") ..
    "\nlocal function g()\nlocal " .. src(150, function(i) return "b" .. i end, ",") ..
    "\nreturn function() " .. src(a, function(i) return "a" .. i .. "=1" end, " ") .. src(b,
      function(i) return " b" .. i .. "=2" end, "") .. " end end"
end
print(type(load(ups(255))), load(ups(256), "=u"))
print(type(load("return " .. src(240, function(i) return "x" .. i end, ","))))
print((load("local a; a = " .. ("("):rep(100) .. "1" .. (")"):rep(100) .. " return a"))())
-- Every engine has its own bound on nesting; all refuse what no person writes.
print(load("return " .. ("("):rep(30000) .. "1" .. (")"):rep(30000)) == nil,
  load(("do "):rep(30000) .. ("end "):rep(30000)) == nil,
  load("return " .. ("{"):rep(30000) .. ("}"):rep(30000)) == nil)
print(load("return " .. ("-"):rep(1) .. (" -"):rep(50) .. " 1")(),
  load("return " .. ("not "):rep(51) .. "nil")())
print(#load("return {" .. src(5000, tostring, ",") .. "}")(),
  load("return " .. src(3000, function(i) return "'k" .. i .. "'" end, ",\n"):gsub(",\n", " and "))())
local consts = load("local t = {} " .. src(2000,
  function(i) return "t.k" .. i .. " = " .. i .. ".5" end, " ") .. " return t")()
print(consts.k1, consts.k300, consts.k2000)
print(load("return " .. src(5000, function(i) return "1" end, " + "))(),
  #load("return " .. src(190, function(i) return "'a'" end, " .. "))())
print(pcall(load, "x = " .. ("a."):rep(1000) .. "b") == true,
  load("local x = 1 " .. ("x = x + 1 "):rep(3000) .. "return x")())
local long = "if x then y = 1 " .. ("elseif z then y = 2 "):rep(500) .. "end return 'long if'"
print(load(long)())
