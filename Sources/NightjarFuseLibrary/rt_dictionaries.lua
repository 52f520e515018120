-- Parts of fuse.rt: the dictionaries that the compiler asks for, of tuples, optional values, tables
-- and enums, made of the dictionaries of their parts.

-- part: tuple_Eq
function __rt.tuple_Eq(...)
  local parts = { ... }
  return {
    __trait = "Eq",
    eq = function(a, b)
      for i, part in ipairs(parts) do
        if not part.eq(a[i], b[i]) then return false end
      end
      return true
    end,
  }
end

-- part: inner
-- The dictionaries of a supertrait.
function __rt.inner(name, ...)
  local found = {}
  for i = 1, select("#", ...) do found[i] = (select(i, ...))[name] end
  return __rt.unpack(found)
end

-- part: tuple_Ord
function __rt.tuple_Ord(...)
  local parts = { ... }
  return {
    __trait = "Ord",
    Eq = __rt.tuple_Eq(__rt.inner("Eq", ...)),
    compare = function(a, b)
      for i, part in ipairs(parts) do
        local order = part.compare(a[i], b[i])
        if order ~= 0 then return order end
      end
      return 0
    end,
  }
end

-- part: tuple_Hash
function __rt.tuple_Hash(...)
  local parts = { ... }
  return {
    __trait = "Hash",
    Eq = __rt.tuple_Eq(__rt.inner("Eq", ...)),
    hash_key = function(a)
      local key = "("
      for i, part in ipairs(parts) do key = key .. __rt.hash_part(part.hash_key(a[i])) end
      return key
    end,
  }
end

-- part: tuple_Clone
function __rt.tuple_Clone(...)
  local parts = { ... }
  if #parts == 0 then return { __trait = "Clone", clone = function() end } end
  return {
    __trait = "Clone",
    clone = function(a)
      local copy = {}
      for i, part in ipairs(parts) do copy[i] = part.clone(a[i]) end
      return copy
    end,
  }
end

-- part: tuple_text
-- The text of a tuple; names gives the names of the items that have one.
function __rt.tuple_text(a, names, parts, method)
  local texts = {}
  for i, part in ipairs(parts) do
    local text = part[method](a[i])
    texts[i] = names[i] and names[i] .. ": " .. text or text
  end
  if #texts == 1 and not names[1] then return "(" .. texts[1] .. ",)" end
  return "(" .. table.concat(texts, ", ") .. ")"
end

-- part: tuple_Display
function __rt.tuple_Display(names, ...)
  local parts = { ... }
  return {
    __trait = "Display",
    tostring = function(a) return __rt.tuple_text(a, names, parts, "tostring") end,
  }
end

-- part: tuple_Debug
function __rt.tuple_Debug(names, ...)
  local parts = { ... }
  return {
    __trait = "Debug",
    debug = function(a) return __rt.tuple_text(a, names, parts, "debug") end,
  }
end

-- part: optional_Eq
function __rt.optional_Eq(part)
  return {
    __trait = "Eq",
    eq = function(a, b)
      if a == nil or b == nil then return a == b end
      return part.eq(a, b)
    end,
  }
end

-- part: optional_Ord
function __rt.optional_Ord(part)
  return {
    __trait = "Ord",
    Eq = __rt.optional_Eq(part.Eq),
    compare = function(a, b)
      if a == nil then return b == nil and 0 or -1 end
      if b == nil then return 1 end
      return part.compare(a, b)
    end,
  }
end

-- part: optional_Hash
function __rt.optional_Hash(part)
  return {
    __trait = "Hash",
    Eq = __rt.optional_Eq(part.Eq),
    hash_key = function(a)
      if a == nil then return "?" end
      return "?" .. __rt.hash_part(part.hash_key(a))
    end,
  }
end

-- part: optional_Clone
function __rt.optional_Clone(part)
  return {
    __trait = "Clone",
    clone = function(a)
      if a == nil then return nil end
      return part.clone(a)
    end,
  }
end

-- part: optional_Display
function __rt.optional_Display(part)
  return {
    __trait = "Display",
    tostring = function(a)
      if a == nil then return "None" end
      return part.tostring(a)
    end,
  }
end

-- part: optional_Debug
function __rt.optional_Debug(part)
  return {
    __trait = "Debug",
    debug = function(a)
      if a == nil then return "None" end
      return "Some(" .. part.debug(a) .. ")"
    end,
  }
end

-- part: table_text
-- The text of a table with known keys; fields that are absent are left out.
function __rt.table_text(t, keys, parts, method)
  local order, texts = {}, {}
  for i, key in ipairs(keys) do order[i] = { key = key, part = parts[i] } end
  table.sort(order, function(a, b) return __rt.order(a.key, b.key) end)
  for _, field in ipairs(order) do
    local value = t[field.key]
    if value ~= nil then
      texts[#texts + 1] = __rt.key_text(field.key) .. ": " .. field.part[method](value)
    end
  end
  if #texts == 0 then return "{}" end
  return "{ " .. table.concat(texts, ", ") .. " }"
end

-- part: table_Display
function __rt.table_Display(keys, ...)
  local parts = { ... }
  return {
    __trait = "Display",
    tostring = function(t) return __rt.table_text(t, keys, parts, "tostring") end,
  }
end

-- part: table_Debug
function __rt.table_Debug(keys, ...)
  local parts = { ... }
  return {
    __trait = "Debug",
    debug = function(t) return __rt.table_text(t, keys, parts, "debug") end,
  }
end

-- part: table_Clone
function __rt.table_Clone()
  return {
    __trait = "Clone",
    clone = function(t)
      local copy = {}
      for key, value in pairs(t) do copy[key] = value end
      return copy
    end,
  }
end

-- part: enum_Display
function __rt.enum_Display() return { __trait = "Display", tostring = __rt.show } end

-- part: enum_Debug
-- names gives for each value the name of its variant.
function __rt.enum_Debug(names)
  return { __trait = "Debug", debug = function(value) return names[value] end }
end

-- part: union_member
-- The member that a value belongs to, of tests and dictionaries in turn: its place, and its dictionary.
function __rt.union_member(members, value)
  local last = #members - 1
  for i = 1, last, 2 do
    if i == last or members[i](value) then return i, members[i + 1] end
  end
end

-- part: union_Eq
function __rt.union_Eq(...)
  local members = { ... }
  return {
    __trait = "Eq",
    eq = function(a, b)
      local place, part = __rt.union_member(members, a)
      return place == __rt.union_member(members, b) and part.eq(a, b)
    end,
  }
end

-- part: union_Hash
function __rt.union_Hash(...)
  local members, equal = { ... }, { ... }
  for i = 2, #members, 2 do equal[i] = members[i].Eq end
  return {
    __trait = "Hash",
    Eq = __rt.union_Eq(__rt.unpack(equal)),
    hash_key = function(a)
      local place, part = __rt.union_member(members, a)
      return "|" .. place .. __rt.hash_part(part.hash_key(a))
    end,
  }
end

-- part: union_Clone
function __rt.union_Clone(...)
  local members = { ... }
  return {
    __trait = "Clone",
    clone = function(a)
      local _, part = __rt.union_member(members, a)
      return part.clone(a)
    end,
  }
end

-- part: enum_Eq
function __rt.enum_Eq() return { __trait = "Eq", eq = rawequal } end

-- part: enum_Ord
do
  local function compare(a, b)
    if a < b then return -1 end
    return a > b and 1 or 0
  end
  function __rt.enum_Ord() return { __trait = "Ord", Eq = __rt.enum_Eq(), compare = compare } end
end

-- part: enum_Hash
do
  local function same(value) return value end
  function __rt.enum_Hash() return { __trait = "Hash", Eq = __rt.enum_Eq(), hash_key = same } end
end

-- part: enum_Clone
do
  local function same(value) return value end
  function __rt.enum_Clone() return { __trait = "Clone", clone = same } end
end

-- part: same_identity
-- What `==` means on a type without Eq, and on one that only the program when it runs knows.
__rt.same_identity = {
  __trait = "Same",
  same = function(a, b)
    a, b = __rt.unbox(a), __rt.unbox(b)
    if type(a) == "table" and getmetatable(a) and getmetatable(a) == getmetatable(b) then
      local eq = a.Eq_eq
      if eq then return eq(a, b) end
    end
    return rawequal(a, b)
  end,
}

-- part: key_plain
-- A number, text or boolean as its own key.
__rt.key_plain = { __trait = "Keyed", key = function(a) return a end }

-- part: float
-- A key of a table as Fuse has it: a whole number is a float.
function __rt.float(key)
--#if integers
  if math.type(key) == "integer" then return key + 0.0 end
--#end
  return key
end

-- part: own_keys
-- The keys of a table, each by itself.
function __rt.own_keys(table)
  local keys = {}
  for key in next, table do keys[key] = __rt.float(key) end
  return keys
end

-- part: is_nan
-- Whether a value is the number that no table takes as a key.
function __rt.is_nan(value) return value ~= value end

-- part: key_function
-- What makes a key, or nothing where each value is its own.
function __rt.key_function(make)
  if make ~= __rt.key_plain.key then return make end
end

-- part: key_identity
-- The key of a value without Hash, or of a type that only the program when it runs knows.
__rt.key_identity = {
  __trait = "Keyed",
  key = function(a)
    a = __rt.unbox(a)
    if type(a) == "table" and getmetatable(a) then
      local hash_key = a.Hash_hash_key
      if hash_key then return hash_key(a) end
    end
    return a
  end,
}

-- part: show_Display
__rt.show_Display = { __trait = "Display", tostring = __rt.show }

-- part: show_Debug
__rt.show_Debug = { __trait = "Debug", debug = __rt.debug }

-- part: function_Debug
__rt.function_Debug = { __trait = "Debug", debug = __rt.debug }
