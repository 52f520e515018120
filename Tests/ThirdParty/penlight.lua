-- needs: lua-penlight
-- Penlight: lists, maps, string tools, templates, pretty printing, data, dates, XML, lexers.
local List = require "pl.List"
local OrderedMap = require "pl.OrderedMap"
local Set = require "pl.Set"
local class = require "pl.class"
local data = require "pl.data"
local func = require "pl.func"
local lexer = require "pl.lexer"
local permute = require "pl.permute"
local pretty = require "pl.pretty"
local seq = require "pl.seq"
local sip = require "pl.sip"
local stringx = require "pl.stringx"
local tablex = require "pl.tablex"
local template = require "pl.template"
local text = require "pl.text"
local types = require "pl.types"
local url = require "pl.url"
local utils = require "pl.utils"

local l = List { 10, 20, 30 }
print(l:append(40):map("/", 10), l:slice(2, 3), l:reduce("+"), List.range(1,
  5):filter(function(x) return x % 2 == 1 end))
print(List.split("one two three"):sort():reverse(), List { 1, 2, 3 } .. List { 4 }, l:index(30),
  l:contains(99))
local m = OrderedMap()
m:set("z", 1):set("a", 2):set("m", 3)
for k, v in m:iter() do io.write(k, "=", v, " ") end
print(m:keys(), m:values())
local a, b = Set { 1, 2, 3 }, Set { 2, 3, 4 }
print(Set.values(a * b):sort(), Set.values(a + b):sort(), Set.values(a - b):sort(),
  Set.issubset(Set { 2 }, a), a == Set { 3, 2, 1 })

class.Animal()
function Animal:_init(name) self.name = name end
function Animal:__tostring() return self.name .. ": " .. self:speak() end
class.Dog(Animal)
function Dog:speak() return "bark" end
class.Cat(Animal)
function Cat:_init(name, lives) self:super(name); self.lives = lives end
function Cat:speak() return "meow " .. self.lives end
print(Dog "Fido", Cat("Felix", 9), Dog:class_of(Dog "x"), Dog("x"):is_a(Animal), Cat("y",
  1):is_a(Dog))

print(stringx.split("a,b,,c", ","), stringx.strip("  x  ") .. "|", stringx.center("mid", 9, "*"),
  stringx.title("hello big world"))
print(stringx.replace("aXbXc", "X", "--"), stringx.startswith("prefix", "pre"),
  stringx.count("banana", "an"), stringx.partition("k=v", "="))
print(stringx.expandtabs("a\tb", 4), stringx.lfind("hello", "l"), stringx.rfind("hello", "l"),
  stringx.isalpha("abc1"), stringx.shorten("abcdefghij", 6))
print(text.wrap("the quick brown fox jumps over the lazy dog", 16):join "/")
print((text.dedent "    one\n      two\n    three"):gsub("\n", "|"))

print(pretty.write({ 1, 2, { x = 1, y = { true, "s" } }, name = "n" }, ""))
print(pretty.write({ a = 1, b = { c = 2 }, "first" }))
print(tablex.deepcompare({ 1, { 2, x = 3 } }, { 1, { 2, x = 3 } }), tablex.size { a = 1, b = 2, 3 },
  List(tablex.keys { a = 1, b = 2 }):sort())
print(pretty.write(tablex.map("*", { 1, 2, 3 }, 2), ""),
  pretty.write(tablex.zip({ 1, 2 }, { "a", "b" }), ""), pretty.write(tablex.range(1, 10, 3), ""))
for k, v in tablex.sort({ c = 3, a = 1, b = 2 }) do io.write(k, v, " ") end
print(tablex.reduce(math.max, { 3, 9, 4 }), tablex.find({ "a", "b" }, "b"),
  tablex.deepcopy({ { 1 } })[1][1])

local page = template.substitute([[
# for i, item in ipairs(items) do
  $(i). $(item:upper())
# end
total $(#items)
]], { ipairs = ipairs, items = { "tea", "milk" } })
io.write(page)
local t = text.format_operator and "" or ""
print(t .. text.Template("${who} likes ${what}"):substitute { who = "Ann", what = "Lua" })

local d = data.read(require("pl.stringio").open "name,age\nAnn,30\nBob,25\n")
print(d.fieldnames, d:column_by_name "age", #d)
for n, age in d:select "name,age where age > 26" do print(n, age) end
print(seq(seq.range and { 5, 1, 3 } or {}):sort():map(tostring):copy(), seq.sum { 1, 2, 3 },
  seq.copy(seq.unique { 1, 1, 2 }) ~= nil)
for kind, value in lexer.lua("local x = 'str' + 0x1F -- done", { space = true }) do
  io.write(kind, ":", value, " ")
end
print()
local _1, _2 = func._1, func._2
print(func.I(_1 + _2 * 2)(3, 4), tostring(_1 + 1), List { 1, 2 }:map(func.I(_1 * _1)))
local res = {}
print(sip.match("$v{name} = $i{n}", "count = 42", res), res.name, res.n, types.is_integer and
  types.is_integer(3) or "")
local perms = {}
for p in permute.iter { 1, 2, 3 } do perms[#perms + 1] = table.concat(p) end
table.sort(perms)
print(table.concat(perms, " "), url.quote "a b&c", url.unquote "a%20b%26c", utils.escape "a.b*c")
print(utils.split("a b  c")[3], utils.choose(true, 1, 2), utils.is_type({}, "table"),
  pcall(utils.assert_arg, 1, "x", "number"))
