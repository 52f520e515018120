-- needs: lua-json
-- The encoder of lua-json; its decoder is made with LPeg, a library in C.
local encode = require "json.encode"
local util = require "json.util"
print(encode { 1, 2, 3 }, encode { { 1 }, { 2, { 3 } } }, encode "text", encode(1.5), encode(true),
  encode(util.null))
print(encode { key = "value" }, encode { list = { 1, "two", false } },
  encode { ["with \"quotes\""] = "back\\slash" })
print(encode "esc \n\t\r\b\f / \1 \31 é", encode "", encode { "", {} })
print(encode { { id = 1 }, { id = 2 }, { id = 3 } }, encode(util.InitArray {}),
  encode { n = { n = { n = {} } } })
print(pcall(encode, print) == false, pcall(encode, { coroutine.create(print) }) == false,
  pcall(encode, 0 / 0))
print(pcall(encode, math.huge))
print(encode(-0.0), encode(1e100), encode(2 ^ 53), encode(123456789012))
local cyc = {}
cyc[1] = cyc
print((pcall(encode, cyc)))
local deep = {}
for i = 1, 50 do deep = { deep } end
print(encode(deep))
local rows = {}
for i = 1, 100 do rows[i] = { i, i * 2, ("r"):rep(i % 5), i % 2 == 0 } end
local text = encode(rows)
print(#text, text:sub(1, 60))
print(encode(setmetatable({ 1, 2 }, { __tojson = 1 })), encode { util.null, 1, util.null },
  select("#", encode {}))
local ok, e = pcall(encode.getEncoder and encode.getEncoder() or encode, { 1 })
print(ok, e)
