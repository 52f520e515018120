-- lua: 5.4
-- A program in five dialects: each module is written in its own Lua, and all share tables,
-- functions, coroutines and errors.
package.path = "./?.lua"
local queue <const> = require "queue51"      -- Lua 5.1: module environment, unpack, setfenv
local bits = require "bits52"                -- Lua 5.2: bit32, doubles
local text = require "text53"                -- Lua 5.3: integers, utf8, string.pack
local rules = require "rules55"              -- Lua 5.5: global declarations, named varargs
print(_VERSION, queue.version, bits.version, text.version, rules.version)

-- One table, filled by four dialects.
local log = {}
queue.note(log)
bits.note(log)
text.note(log)
rules.note(log)
print(table.concat(log, " "))

-- A coroutine of one, resumed by another; an iterator of a third walks what it yields.
local co = coroutine.create(queue.producer)
print(text.collect(co, 3))
for i, v in rules.pairs(queue.items()) do io.write(i, "=", v, " ") end
print()

-- Errors pass through every dialect, with the words of the one they come from.
print(pcall(queue.fail))
print(pcall(text.call, queue.fail))
print(select("#", pcall(rules.call, error, { code = 5 })), select(2, pcall(rules.call, error, { code = 5 })).code)
print(select(2, pcall(bits.index, nil)))

-- Numbers keep their type on the way: 5.1 and 5.2 make floats.
print(queue.half(7), math.type(queue.half(8)), math.type(text.half(8)), bits.mask(0xFF, 4))

-- Metamethods of one dialect, operators of another.
local v = queue.vector(1, 2) + text.vector(3, 4)
print(v.x, v.y, #text.list { 1, 2, 3 })
assert(require "queue51" == queue and package.loaded.text53 == text)
