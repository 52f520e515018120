-- Dictionaries of tuples, optional values, tables and enums.

local Eq = { __trait = "Eq", eq = function(a, b) return a == b end }
local Ord = { __trait = "Ord", Eq = Eq, compare = function(a, b) return a - b end }
local Hash = { __trait = "Hash", Eq = Eq, hash_key = function(a) return a end }
local Clone = { __trait = "Clone", clone = function(a) return a end }
local copy_of = { __trait = "Clone", clone = function(a) return a .. "!" end }
local Text = { __trait = "Display", tostring = __rt.show }
local Debug = { __trait = "Debug", debug = __rt.debug }

local pair = __rt.tuple_Eq(Eq, Eq)
check("tuple_Eq", pair.eq({ 1, 2 }, { 1, 2 }), true)
check("tuple_Eq", pair.eq({ 1, 2 }, { 1, 3 }), false)
check("tuple_Eq", __rt.tuple_Eq().eq(nil, nil), true)
local order = __rt.tuple_Ord(Ord, Ord)
check("tuple_Ord", order.compare({ 1, 2 }, { 1, 3 }), -1)
check("tuple_Ord", order.compare({ 2, 2 }, { 1, 3 }), 1)
check("tuple_Ord", order.Eq.eq({ 2, 2 }, { 2, 2 }), true)
local key = __rt.tuple_Hash(Hash, Hash)
check("tuple_Hash", key.hash_key({ 1, "a" }), "(1;1:a")
check("tuple_Hash", key.hash_key({ "1;", "" }) == key.hash_key({ 1, "0:" }), false)
local copy = __rt.tuple_Clone(Clone, Clone).clone({ 1, 2 })
check("tuple_Clone", copy[1] + copy[2], 3)
check("tuple_Display", __rt.tuple_Display({}, Text, Text).tostring({ 1, "a" }), "(1, a)")
check("tuple_Display", __rt.tuple_Display({ false, "x" }, Text, Text).tostring({ 1, 2 }), "(1, x: 2)")
check("tuple_Debug", __rt.tuple_Debug({}, Debug).debug({ "a" }), '("a",)')
check("tuple_Debug", __rt.tuple_Debug({ "x" }, Debug).debug({ 1 }), "(x: 1)")
check("tuple_Debug", __rt.tuple_Debug({}).debug(nil), "()")

local function is_number(value) return type(value) == "number" end
local function is_text(value) return type(value) == "string" end
local either = __rt.union_Eq(is_number, Eq, is_text, pair)
check("union_Eq", either.eq(1, 1), true)
check("union_Eq", either.eq(1, { 1, 2 }), false)
check("union_Eq", either.eq({ 1, 2 }, { 1, 2 }), true)
local name = __rt.union_Hash(is_number, Hash, is_text, Hash)
check("union_Hash", name.hash_key(1) == name.hash_key("1"), false)
check("union_Hash", name.hash_key("a") == name.hash_key("a"), true)
check("union_Hash", name.Eq.eq("a", 1), false)
check("union_Clone", __rt.union_Clone(is_number, Clone, is_text, copy_of).clone("a"), "a!")

check("optional_Eq", __rt.optional_Eq(Eq).eq(nil, nil), true)
check("optional_Eq", __rt.optional_Eq(Eq).eq(nil, 1), false)
check("optional_Eq", __rt.optional_Eq(Eq).eq(1, 1), true)
check("optional_Ord", __rt.optional_Ord(Ord).compare(nil, 1), -1)
check("optional_Ord", __rt.optional_Ord(Ord).compare(nil, nil), 0)
check("optional_Ord", __rt.optional_Ord(Ord).compare(3, nil), 1)
check("optional_Ord", __rt.optional_Ord(Ord).compare(3, 1), 2)
check("optional_Hash", __rt.optional_Hash(Hash).hash_key(nil), "?")
check("optional_Hash", __rt.optional_Hash(Hash).hash_key("a"), "?1:a")
check("optional_Clone", __rt.optional_Clone(Clone).clone(nil), nil)
check("optional_Display", __rt.optional_Display(Text).tostring(1), "1")
check("optional_Display", __rt.optional_Display(Text).tostring(nil), "None")
check("optional_Debug", __rt.optional_Debug(Debug).debug("a"), 'Some("a")')
check("optional_Debug", __rt.optional_Debug(Debug).debug(nil), "None")

local keys = { "b", "a-b", 1 }
check("table_Debug", __rt.table_Debug(keys, Debug, Debug, Debug).debug({ 3, b = "q" }), '{ [1]: 3, b: "q" }')
check("table_Debug", __rt.table_Debug(keys, Debug, Debug, Debug).debug({}), "{}")
check("table_Display", __rt.table_Display({ "a-b" }, Text).tostring({ ["a-b"] = "q" }), '{ "a-b": q }')
check("table_Clone", __rt.table_Clone().clone({ a = 1 }).a, 1)

check("enum", __rt.enum_Display().tostring(10), "10")
check("enum", __rt.enum_Debug({ [10] = "Low" }).debug(10), "Low")
check("enum", __rt.enum_Eq().eq("a", "a"), true)
check("enum", __rt.enum_Ord().compare("a", "b"), -1)
check("enum", __rt.enum_Ord().compare(2, 1), 1)
check("enum", __rt.enum_Ord().compare(2, 2), 0)
check("enum", __rt.enum_Hash().hash_key(2), 2)
check("enum", __rt.enum_Clone().clone(2), 2)

local Point = {}
Point.__index = Point
local function point(x) return setmetatable({ x = x }, Point) end
local p = point(1)
check("same", __rt.same_identity.same(p, p), true)
check("same", __rt.same_identity.same(p, point(1)), false)
check("key", __rt.key_identity.key(p), p)
Point.Eq_eq = function(a, b) return a.x == b.x end
Point.Hash_hash_key = function(a) return a.x end
check("same", __rt.same_identity.same(p, point(1)), true)
check("same", __rt.same_identity.same(p, 1), false)
check("key", __rt.key_identity.key(p), 1)
check("key", __rt.key_identity.key(__rt.box(3, Eq)), 3)
check("show", __rt.show_Display.tostring("a"), "a")
check("show", __rt.show_Debug.debug("a"), '"a"')
