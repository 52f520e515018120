-- Shebang-less chunks, chunk results, nested functions and deep blocks.
print((load "return 1")(), (load "local a <const> = 5 return a")(), (load "return")(), select("#",
  (load "")()))
local depth = 50
local src = ("do local x = 1 "):rep(depth) .. "R = x" .. (" end"):rep(depth)
load(src, "=d", "t", _G)()
print(R) R = nil
src = "return " .. ("function() return "):rep(30) .. "42" .. (" end"):rep(30)
local f = load(src)
local v = f()
for i = 1, 29 do v = v() end
print(v())
src = "local t = {} " .. ("if t then "):rep(40) .. "t.x = 1 " .. ("else t.y = 2 end "):rep(40) ..
  "return t.x, t.y"
print(load(src)())
src = "local n = 0 " .. ("for i = 1, 2 do "):rep(8) .. "n = n + 1 " .. ("end "):rep(8) .. "return n"
print(load(src)())
src = ("while true do "):rep(20) .. "goto out " .. ("end "):rep(20) .. "::out:: return 'out'"
print(load(src)())
local parts = {}
for i = 1, 500 do
  parts[i] = "local function f" .. i % 100 .. "() return " .. i .. " end R" .. i .. " = f" ..
    i % 100 .. "()"
  if i % 100 == 0 then parts[i] = "do " .. parts[i] .. " end" end
end
local env = {}
for i = 1, 500 do load(parts[i], "=p", "t", env)() end
print(env.R1, env.R250, env.R500)
print(#load("return [[\n" .. ("line\n"):rep(100) .. "]]")(), load("return [==[\r\nx]==]")())
print(load("\n\n\nreturn debug.getinfo(1, 'l').currentline")(), load("return (...)", "=c")("arg"),
  load("local a, b = ... return b, a")(1, 2))
