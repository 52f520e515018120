-- needs: lua-inspect
-- inspect.lua: nested tables, key order, metatables, cycles, depth, processing.
local inspect = require "inspect"
print(inspect { 1, 2, 3 })
print(inspect { a = 1, b = 2 })
print(inspect { "x", { "y", { z = true } }, n = 1.5, [10] = "ten", [true] = "t" })
print(inspect "text", inspect(12), inspect(nil), inspect(true), inspect 'both " and \'',
  inspect "a\nb\tc\0d\127")
local cycle = { name = "loop" }
cycle.self = cycle
cycle.list = { cycle, { cycle } }
print(inspect(cycle))
print(inspect(setmetatable({ 1 }, { __index = { x = 1 }, __metatable = "hidden" })))
print(inspect(setmetatable({ v = 1 }, { __tostring = function() return "TS" end, __name = "N" }),
  { process = function(item, path) if path[#path] ~= inspect.METATABLE then return item end end }))
print(inspect({ a = { b = { c = { d = 1 } } } }, { depth = 2 }))
print(inspect({ 1, { 2 }, x = 3 }, { newline = "@", indent = ">" }))
print(inspect({ 1, 2, secret = "s", deep = { secret = "t", 3 } }, { process = function(item, path)
  if path[#path] ~= "secret" then return item end
  return "***"
end }))
print(inspect({ print, coroutine.create(print), io.stdout, print }))
local keys = {}
for _, k in ipairs { 3, "b", 1.5, "a", false, -1, "_x", "1x", "with space", "end" } do
  keys[k] = 1
end
print(inspect(keys))
local big = {}
for i = 1, 50 do big[i] = { id = i, tag = "t" .. i % 3, nested = { i * 2 } } end
print(#inspect(big), inspect(big):sub(1, 200))
