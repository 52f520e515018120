-- Texts, panics, errors, arrays and boxes of fuse.rt. `check` compares two texts.

local inf = 1 / 0
check("str", __rt.str(3.0), "3")
check("str", __rt.str(0.1), "0.1")
check("str", __rt.str(1e15), "1e+15")
check("str", __rt.str(-0.0), "0")
check("str", __rt.str(0), "0")
check("str", __rt.str(inf), "inf")
check("str", __rt.str(-inf), "-inf")
check("str", __rt.str(0 / 0), "nan")
check("str", __rt.str(-(0 / 0)), "nan")
check("str", __rt.str(1234567890123.25), "1234567890123.2")
check("str", __rt.str(1234567890123.75), "1234567890123.8")
check("str", __rt.str(-1234567890123.25), "-1234567890123.2")
check("str", __rt.str(1 / 3), "0.33333333333333")
check("str", __rt.str(123456789012345), "1.2345678901234e+14")
check("str", __rt.str(2 ^ 53), "9.007199254741e+15")

check("quote", __rt.quote('a"b\\c\n\r\t\0\127é ${x} $y'), [["a\"b\\c\n\r\t\x00\x7Fé \${x} $y"]])
check("quote", __rt.quote(""), '""')

check("show", __rt.show("a\n"), "a\n")
check("show", __rt.show(nil), "None")
check("show", __rt.show(true), "true")
check("show", __rt.show({ 1, 2 }), "[1, 2]")
check("show", __rt.show({ "a", { "b" } }), '["a", ["b"]]')
check("show", __rt.show({ a = 1 }), "{ a: 1 }")
check("show", __rt.show({}), "[]")
local mixed = { "x", k = 1, ["log-file"] = 2, [true] = "yes", [0.5] = false, [-1] = 0 }
check("show", __rt.show(mixed),
  '{ [-1]: 0, [0.5]: false, [1]: "x", k: 1, "log-file": 2, [true]: "yes" }')
check("show", __rt.show(print), "<function>")
local Named = { __name = "Named" }
Named.__index = Named
check("show", __rt.show(setmetatable({}, Named)), "<Named>")
check("debug", __rt.debug({ setmetatable({}, Named) }), "[<Named>]")
Named.Debug_debug = function(self) return "Named {}" end
check("show", __rt.show(setmetatable({}, Named)), "Named {}")
Named.Display_tostring = function(self) return "shown" end
check("show", __rt.show(setmetatable({}, Named)), "shown")
check("show", __rt.show({ setmetatable({}, Named) }), "[Named {}]")
local ring = { 1 }
ring[2] = ring
check("show", __rt.show(ring), "[1, ...]")
check("show", __rt.show(ring), "[1, ...]")

-- Boxes
local Display = { __trait = "Display", tostring = function(v) return "<" .. v .. ">" end }
local Error = { __trait = "Error", message = function(v, more) return v .. (more or "") end, Display = Display }
local box = __rt.box(5, Error)
check("box", box:Error_message("!"), "5!")
check("box", box:Display_tostring(), "<5>")
check("box", getmetatable(box) == getmetatable(__rt.box(6, Error)), true)
check("box", __rt.box(box, Error), box)
check("box", __rt.box(box, Display), box)
check("box", __rt.box({}, Display) == __rt.box({}, Display), false)
check("unbox", __rt.unbox(box), 5)
check("unbox", __rt.unbox("x"), "x")
check("unbox", __rt.unbox(Named), Named)
check("identity", __rt.equal_identity(box, 5), true)
check("identity", __rt.equal_identity({}, {}), false)
check("show", __rt.show(box), "5")
check("debug", __rt.debug(__rt.box("q", Error)), '"q"')

-- Panics and errors
local ok, e = pcall(__rt.panic, "bad")
check("panic", ok, false)
check("panic", e.message, "bad")
check("panic", getmetatable(e).__name, "panic")
check("panic", tostring(e), "panic: bad")
check("panic", type(e.trace), "string")
ok, e = pcall(__rt.panic, box)
check("panic", e.message, "5")
local function raise(v) error(v, 0) end
check("try", __rt.try(function(a, b) return a + b end, 1, 2).tag, "Ok")
check("try", __rt.try(function(a, b) return a + b end, 1, 2)[1], 3)
check("try", __rt.try(raise, "oops").tag, "Err")
check("try", __rt.try(raise, "oops")[1]:Error_message(), "oops")
check("try", __rt.try(raise, "oops")[1]:Display_tostring(), "oops")
check("try", __rt.try(raise, "oops")[1]:Error_cause(), nil)
check("try", __rt.try(raise, box)[1], box)
check("try", __rt.try(raise, 7)[1].value, 7)
check("try", getmetatable(__rt.try(raise, nil)[1]), __rt.lib.prelude.LuaError)
ok, e = pcall(__rt.try, __rt.panic, "through")
check("try", ok, false)
check("try", e.message, "through")
local thread = coroutine.wrap(function()
  local result = __rt.try(function(x)
    local y = coroutine.yield(x + 1)
    if y == 0 then error("zero", 0) end
    return y * 2
  end, 1)
  return result.tag == "Ok" and result[1] or result[1]:Error_message()
end)
check("try", thread(), 2)
check("try", thread(21), 42)

local log = {}
local function note(text) log[#log + 1] = text end
local function two() note("body") return 1, nil, 3 end
local a, b, c = __rt.guard(two, note, "closed")
check("guard", a, 1)
check("guard", b, nil)
check("guard", c, 3)
ok, e = pcall(__rt.guard, function() raise("x") end, note, "closed again")
check("guard", e, "x")
check("guard", table.concat(log, ","), "body,closed,closed again")

check("cast_failed", select(2, pcall(__rt.cast_failed, 5, "string")).message,
  "expected string, found number")
check("cast_failed", select(2, pcall(__rt.cast_failed, setmetatable({}, Named), "string")).message,
  "expected string, found Named")
check("cast_failed", select(2, pcall(__rt.cast_failed, nil, "string")).message,
  "expected string, found None")

-- Arrays
check("oob", select(2, pcall(__rt.oob, { 1, 2 }, 3)).message, "index 3 is outside 1..2")
check("oob", select(2, pcall(__rt.oob, {}, 1)).message, "index 1 is outside 1..0")
check("short", select(2, pcall(__rt.short, 2, { 1, 2 }, { 1 })).message, "index 2 is outside 1..1")
check("append", pcall(__rt.append, {}, 1), true)
check("append", select(2, pcall(__rt.append, { 1, 2 }, 4)).message, "index 4 is outside 1..2")
check("append", select(2, pcall(__rt.append, { 1, 2 }, 1.5)).message, "index 1.5 is outside 1..2")
check("results", __rt.results({ "number", "string?" }, 7), 7)
check("results", __rt.results({ false, "string?" }, 7, "a"), 7)
check("results", select(2, pcall(__rt.results, { "number" }, "a")).message, "expected number, found string")
check("results", select(2, pcall(__rt.results, { "string?" }, 1)).message, "expected string?, found number")
check("results", select(2, pcall(__rt.results, { "ustring" }, "\255")).message, "expected ustring, found string")
local list = { "a", "b" }
__rt.push(list, "c")
check("pop", __rt.pop(list), "c")
check("pop", __rt.pop({}), nil)
check("unpack", select("#", __rt.unpack({ 1, nil, nil }, 1, 3)), 3)

-- Sorting: equal elements keep their order
local many, seed = {}, 1
for i = 1, 200 do
  seed = (seed * 16807) % 2147483647
  many[i] = { key = seed % 10, at = i }
end
__rt.sort(many, function(x, y) return x.key - y.key end)
local stable = true
for i = 2, #many do
  local x, y = many[i - 1], many[i]
  if x.key > y.key or x.key == y.key and x.at > y.at then stable = false end
end
check("sort", stable, true)
check("sort", #many, 200)
local small = { 3, 1, 2 }
__rt.sort(small, function(x, y) return x - y end)
check("sort", table.concat(small), "123")
__rt.sort({}, error)

-- Dictionaries are made once
local made = 0
local make = __rt.memo(function(x, y)
  made = made + 1
  return { x, y }
end)
local d1, d2 = {}, {}
check("memo", make(d1, d2), make(d1, d2))
check("memo", make(d1) == make(d1, d2), false)
check("memo", make(d2, d1) == make(d1, d2), false)
check("memo", made, 3)

check("next", type(__rt.next({ 5 }, nil)), "number")
check("next", __rt.str(__rt.next({ 5 }, nil)) .. tostring(select(2, __rt.next({ 5 }, nil))), "15")
local sum, key, value = 0, nil, nil
local sparse = { 10, 20, 30, [100] = 40, [0.5] = 50, x = 60 }
repeat
  key, value = __rt.next(sparse, key)
  sum = sum + (value or 0)
until key == nil
check("next", sum, 210)
check("hash_part", __rt.hash_part("ab") .. __rt.hash_part(1) .. __rt.hash_part(0.5), "2:ab1;0.5;")

-- Arguments, spreads, slots
check("count", __rt.count(1, nil, nil), 3)
check("join_arrays", table.concat(__rt.join_arrays({ 1, 2 }, {}, { 3 }), ","), "1,2,3")
local joined = __rt.join_tables({ 1, 2, a = 1 }, { 3, a = 2, b = 3 })
check("join_tables", table.concat(joined, ",") .. joined.a .. joined.b, "1,2,323")
check("slice", table.concat(__rt.slice({ 1, 2, 3, 4 }, 2, 3), ","), "2,3")
check("slice", #__rt.slice({ 1 }, 2, 1), 0)
check("has_slot", __rt.has_slot(box, "Error_message"), true)
check("has_slot", __rt.has_slot(box, "Other"), false)
check("has_slot", __rt.has_slot({ Other = 1 }, "Other"), false)
check("has_slot", __rt.has_slot("text", "upper"), false)
check("self_iterator", __rt.self_iterator.iter(box), box)
