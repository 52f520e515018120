-- needs: lua-penlight
-- Penlight: XML documents, dates, command lines, comprehensions, array2d, input, strict, compat.
local xml = require "pl.xml"
local Date = require "pl.Date"
local lapp = require "pl.lapp"
local comprehension = require "pl.comprehension".new()
local array2d = require "pl.array2d"
local List = require "pl.List"
local MultiMap = require "pl.MultiMap"
local config = require "pl.config"
local stringio = require "pl.stringio"
local operator = require "pl.operator"
local compat = require "pl.compat"
local tablex = require "pl.tablex"

local doc = xml.basic_parse [[<?xml version="1.0"?>
<library><book id="1"><title>One &amp; Two</title></book><book id="2"><title>Three</title></book><!-- note --></library>]]
print(xml.tostring(doc))
for book in doc:childtags() do
  print(book.tag, book.attr.id, book:child_with_name("title"):get_text())
end
local built = xml.new "root":add_child(xml.elem("item", { "text", kind = "k" }))
print(built, xml.tostring(built, "", "  "))
print(doc:match [[<library><book id="$id"><title>$title</title></book></library>]] ~= false)

local d = Date { year = 2024, month = 2, day = 28, hour = 12 }
print(d:year(), d:month(), d:day(), d:add { day = 2 }:day(), Date.Format "yyyy-mm-dd":tostring(d))
local df = Date.Format "dd/mm/yyyy"
print(df:parse "05/06/2023":month(), pcall(df.parse, df, "nonsense"))

local args = lapp([[
An example
  -v,--verbose          say more
  -n,--number (default 5) how many
  -o,--out (string default "x.txt") output
  <input> (string) a name
]], { "-v", "--number", "7", "file.txt" })
print(args.verbose, args.number, args.out, args.input)

print(table.concat(comprehension "x * 2 for x = 1, 5 if x % 2 == 1" (), " "),
  comprehension "sum(x^2 for x)" { 1, 2, 3 })
local grid = array2d.new(2, 3, function(i, j) return i * 10 + j end)
print(table.concat(array2d.row(grid, 2), " "), table.concat(array2d.column(grid, 3), " "),
  array2d.reduce2("+", "*", grid))
for i, j, v in array2d.iter(grid, true) do io.write(i, ",", j, "=", v, " ") end
print()
local mm = MultiMap()
mm:set("fruit", "apple") mm:set("fruit", "pear") mm:set("nut", "walnut")
print(#mm.fruit, mm.fruit[2], mm.nut[1])
local conf =
  config.read(stringio.open "# comment\nname = test\n[section]\nsize = 10,20,30\nflag = true\n")
print(conf.name, conf.section.size[2], conf.section.flag)
print(operator.add(1, 2), operator.concat("a", "b"), operator.optable["<="](1, 2), compat.lua51,
  compat.jit)
local out = stringio.create()
out:write("a", 1, "b") out:writef("%03d", 7)
print(out:value(), stringio.open("l1\nl2"):read "*l")
print(List(tablex.makeset { "a" }.a and { "set" } or {}), pcall(function()
  require "pl.strict"
  return undefined_global_name
end))
