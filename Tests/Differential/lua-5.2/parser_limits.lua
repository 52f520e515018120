-- Limits of functions: locals, upvalues, constants, arguments and nesting.
local function try(s)
  local f, m = load(s, "=limit")
  print(f and "compiles" or m)
end
local function list(n, f) local t = {} for i = 1, n do t[i] = f(i) end return table.concat(t, ",") end
try("local " .. list(200, function(i) return "a" .. i end))
try("local " .. list(201, function(i) return "a" .. i end))
local parts = {}
for i = 1, 200 do parts[i] = "local a" .. i .. " = " .. i end
local body = table.concat(parts, "\n")
try(body .. "\nlocal function f() return " .. list(60, function(i) return "a" .. i end) .. " end")
try("return {" .. list(1000, function(i) return i end) .. "}")
try("return {" .. list(300000, function(i) return i + 0.5 end) .. "}")
try("return " .. ("("):rep(150) .. "1" .. (")"):rep(150))
try("return " .. ("{"):rep(150) .. ("}"):rep(150))
try(("do "):rep(150) .. ("end "):rep(150))
try("f(" .. list(240, function(i) return i end) .. ")")
local f = load("return {" .. list(5000, function(i) return "'s" .. i .. "'" end) .. "}")
print(#f(), f()[4321])
local deep = load("return " .. ("1 .. "):rep(150) .. "1")
print(#deep())
print(#(load("return '" .. ("x"):rep(100000) .. "'")()))
local long = {}
for i = 1, 20000 do long[i] = "x = " .. i end
long[#long + 1] = "return x"
print(load(table.concat(long, "\n"))())
