-- load from a reader function, with pieces, ends and errors.
local function pieces(list)
  local i = 0
  return function() i = i + 1 return list[i] end
end
print(load(pieces { "return ", "1", " + ", "41" })())
print(load(pieces { "return 'a", "b", "c'" })())
print(load(pieces { "ret", "urn ", "tr", "ue" })())
print(load(pieces { "return 1", "", "garbage after the end" })())
print(type(load(pieces {})))
print(type(load(pieces { "" })))
print(load(pieces { "x =" }))
print(load(pieces { "x =" }, "=mine"))
-- pcall keeps the interpreter's own message handler out of it
print(pcall(load, function() error("reader failed", 0) end))
print(pcall(load, function() error({}) end) == true,
  type(select(3, pcall(load, function() error({}) end))))
local ones = 0
print(load(function() ones = ones + 1 if ones < 4 then return ones end end))
print(pcall(load, function() return {} end))
print(pcall(load, function() return true end))
print(pcall(load(pieces { "error('in chunk')" })))
-- one byte at a time
local src = "local a, b = 0x10, [[x\ny]] return a .. b .. '\\65' .. 1.5e1 --[==[ c ]==]"
local i = 0
print(load(function() i = i + 1 if i <= #src then return src:sub(i, i) end end, "=bytes")())
-- the reader is called until it gives nil or ""
local calls = 0
load(function() calls = calls + 1 if calls < 5 then return " " end end)
print(calls)
-- environment with a reader
local env = {}
load(pieces { "v = ", "'set'" }, "=e", "t", env)()
print(env.v, rawget(_G, "v"))
print(load(pieces { "\27Lua" }, "=b", "t"))
print(type(load(pieces { "return 1" }, "=b", "b")))
