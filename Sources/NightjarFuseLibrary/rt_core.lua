-- Parts of fuse.rt: texts of numbers and values, panics, errors, arrays, boxes.
--
-- A part begins with `-- part:` and gives fields to __rt; a program is given the parts it uses, and
-- those these use. Lines that begin with --#if choose by the target. Nothing above the first part is
-- emitted.

-- part: str
do
  local format = string.format
  -- The display text of a number.
  function __rt.str(n)
    -- Whole numbers are the most, and Lua makes their texts sooner.
--#if integers
    local whole = n // 1
    if whole == n and n < 1e14 and n > -1e14 then return (whole | 0) .. "" end
--#else
    if n == 0 then return "0" end
    if n % 1 == 0 and n < 1e14 and n > -1e14 then return n .. "" end
--#end
    if n ~= n then return "nan" end
--#if luajit
    if n % 1 ~= 0 or n >= 1e14 then
      -- A half of the last digit has 15 digits: neither a short fraction nor one of many bits has.
      local size = n < 0 and -n or n
      local isShort = size < 1e4 and n * 1024 % 1 == 0
      local isLong = size >= 0.1 and size < 1e14 and n * 32768 % 1 ~= 0
      if not isShort and not isLong then return __rt.number_text("%.14g", n) end
    end
--#end
    return format("%.14g", n)
  end
end

-- part: number_text
--#if luajit
do
  local format, match, sub = string.format, string.match, string.sub
  -- The text of a number; halves go to the even digit as in C, where LuaJIT rounds them up.
  function __rt.number_text(spec, n)
    local text = format(spec, n)
    local less = format(spec, n * (1 - 2 ^ -53))
    if less == text then return text end
    local kind = match(spec, "%a$")
    local digits = tonumber(match(spec, "%.(%d*)") or 6) or 0
    if kind == "g" or kind == "G" then digits = math.max(digits, 1) - 1 end
    local long = format("%." .. math.min(digits + 45, 99) .. (kind == "f" and "f" or "e"), n)
    long = match(long, "^[^e]*")
    if not match(sub(long, -45), "^50*$") then return text end
    local last = match(sub(long, 1, -46), "(%d)%.?$")
    return tonumber(last) % 2 == 0 and less or text
  end
end
--#else
__rt.number_text = string.format
--#end

-- part: quote
do
  local escapes = {
    ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
  }
  local function escape(c)
    return escapes[c] or string.format("\\x%02X", string.byte(c))
  end
  -- The debug text of a string.
  function __rt.quote(s)
    s = string.gsub(s, '[%c"\\]', escape)
--#if lua5.1
    s = string.gsub(s, "%z", "\\x00")
--#end
    return '"' .. string.gsub(s, "%${", "\\${") .. '"'
  end
end

-- part: order
do
  local ranks = { number = 1, string = 2, boolean = 3 }
  -- Keys of tables in the order in which texts show them: numbers, strings, the rest.
  function __rt.order(a, b)
    local x, y = type(a), type(b)
    if x == y and (x == "number" or x == "string") then return a < b end
    if x == y and x == "boolean" then return a and not b end
    return (ranks[x] or 4) < (ranks[y] or 4)
  end
end

-- part: key_text
-- The text of a key of a table.
function __rt.key_text(key)
  if type(key) ~= "string" then return "[" .. __rt.debug(key) .. "]" end
  if string.find(key, "^[%a_][%w_]*$") then return key end
  return __rt.quote(key)
end

-- part: show
do
  local open = {}

  -- The text of a plain table: `[1, 2]` or `{ a: 1 }`.
  local function plain(t)
    if open[t] then return "..." end
    open[t] = true
    local parts, keys = {}, {}
    for key in pairs(t) do keys[#keys + 1] = key end
    local text
    if #keys == #t then
      for i = 1, #t do parts[i] = __rt.debug(t[i]) end
      text = "[" .. table.concat(parts, ", ") .. "]"
    else
      table.sort(keys, __rt.order)
      for i, key in ipairs(keys) do
        parts[i] = __rt.key_text(key) .. ": " .. __rt.debug(t[key])
      end
      text = "{ " .. table.concat(parts, ", ") .. " }"
    end
    open[t] = nil
    return text
  end

  local function table_text(v, first, second)
    local meta = getmetatable(v)
    if type(meta) ~= "table" then return plain(v) end
    local method = v[first] or v[second]
    if method then return method(v) end
    return "<" .. (meta.__name or "table") .. ">"
  end

  local function other(v)
    if v == nil then return "None" end
    if v == true then return "true" end
    if v == false then return "false" end
    return "<" .. type(v) .. ">"
  end

  -- The display text of a value of unknown type.
  function __rt.show(v)
    v = __rt.unbox(v)
    local kind = type(v)
    if kind == "string" then return v end
    if kind == "number" then return __rt.str(v) end
    if kind == "table" then return table_text(v, "Display_tostring", "Debug_debug") end
    return other(v)
  end

  -- The debug text of a value of unknown type.
  function __rt.debug(v)
    v = __rt.unbox(v)
    local kind = type(v)
    if kind == "string" then return __rt.quote(v) end
    if kind == "number" then return __rt.str(v) end
    if kind == "table" then return table_text(v, "Debug_debug", "Display_tostring") end
    return other(v)
  end
end

-- part: box
do
  local metatables = setmetatable({}, { __mode = "k" })

  local function add_slots(slots, dictionary)
    for name, member in pairs(dictionary) do
      if type(member) == "table" then
        add_slots(slots, member)
      elseif type(member) == "function" then
        slots[dictionary.__trait .. "_" .. name] = function(self, ...)
          return member(self.value, ...)
        end
      end
    end
  end

  -- A value with the methods of a trait: it answers to the slots of the dictionary. A value that does
  -- so already, a struct or a box, stays what it is.
  function __rt.box(value, dictionary)
    local meta = metatables[dictionary]
    if not meta then
      local slots = {}
      add_slots(slots, dictionary)
      meta = { __index = slots, __box = true }
      for name, member in pairs(dictionary) do
        if type(member) == "function" then meta.__slot = dictionary.__trait .. "_" .. name end
      end
      metatables[dictionary] = meta
    end
    local slot = meta.__slot
    if slot and type(value) == "table" and getmetatable(value) and value[slot] ~= nil then
      return value
    end
    return setmetatable({ value = value }, meta)
  end
end

-- part: unbox
-- The value inside a box, or the value itself.
function __rt.unbox(v)
  if type(v) == "table" then
    local meta = getmetatable(v)
    if type(meta) == "table" and rawget(meta, "__box") then return v.value end
  end
  return v
end

-- part: equal_identity
-- Whether two values are one, in a box or not.
function __rt.equal_identity(a, b)
  return rawequal(__rt.unbox(a), __rt.unbox(b))
end

-- part: message
-- What an error says of itself.
function __rt.message(e)
  if type(e) == "table" and getmetatable(e) then
    local method = e.Error_message or e.Display_tostring
    if method then return method(e) end
  end
  return __rt.show(e)
end

-- part: Panic
-- The metatable of panics: `try` lets them through.
__rt.Panic = { __name = "panic" }
__rt.Panic.__index = __rt.Panic
function __rt.Panic.__tostring(self) return "panic: " .. self.message end

-- part: panic
do
  local traceback = debug and debug.traceback
  -- Raises a panic of a string or an error.
  function __rt.panic(e)
    local trace = traceback and traceback("", 2) or ""
    local value = { message = __rt.message(e), value = e, trace = trace }
    error(setmetatable(value, __rt.Panic), 0)
  end
end

-- part: cast_failed
-- A checked cast that does not fit.
function __rt.cast_failed(value, name)
  value = __rt.unbox(value)
  local found = value == nil and "None" or type(value)
  local meta = found == "table" and getmetatable(value)
  if type(meta) == "table" and meta.__name then found = meta.__name end
  __rt.panic("expected " .. name .. ", found " .. found)
end

-- part: results
do
  local function fits(value, kind)
    if kind == "ustring" then return type(value) == "string" and __rt.is_utf8(value) end
    return type(value) == kind
  end
  -- The results of a declared function, each of the kind that stands for it; false stands for any.
  function __rt.results(kinds, ...)
    for i = 1, #kinds do
      local kind, value = kinds[i], (select(i, ...))
      if kind and string.sub(kind, -1) == "?" then
        kind = value ~= nil and string.sub(kind, 1, -2)
      end
      if kind and not fits(value, kind) then __rt.cast_failed(value, kinds[i]) end
    end
    return ...
  end
end

-- part: pcall
--#if lua5.1
do
  local create, resume, running = coroutine.create, coroutine.resume, coroutine.running
  local status, yield = coroutine.status, coroutine.yield

  local function relay(thread, ok, ...)
    if not ok then return false, (...) end
    if status(thread) == "dead" then return true, ... end
    return relay(thread, resume(thread, yield(...)))
  end

  -- A protected call that may suspend, which that of Lua 5.1 may not.
  function __rt.pcall(f, ...)
    if not running() then return pcall(f, ...) end
    local thread = create(f)
    return relay(thread, resume(thread, ...))
  end
end
--#else
__rt.pcall = pcall
--#end

-- part: caught
do
  local function same(text) return text end
  local function none() return nil end
  -- The text of an error that Lua raises is an error of Fuse.
  local text = {
    __trait = "Error", message = same, cause = none,
    Display = { __trait = "Display", tostring = same },
  }
  -- A raised value as `impl Error`; a panic is raised again.
  function __rt.caught(e)
    if type(e) == "string" then return __rt.box(e, text) end
    if type(e) == "table" then
      local meta = getmetatable(e)
      if meta == __rt.Panic then error(e, 0) end
      if type(meta) == "table" and e.Error_message then return e end
    end
    return setmetatable({ value = e }, __rt.lib.prelude.LuaError)
  end
end

-- part: try
do
  local function finish(height, ok, value)
    if ok then return { tag = "Ok", value } end
    -- Owners that the error has passed are closed, if the program has any.
    if height then __rt["unwind"](height) end
    return { tag = "Err", __rt.caught(value) }
  end
  -- Calls a function that may raise.
  function __rt.try(f, ...)
    local height = __rt["height"]
    return finish(height and height(), __rt.pcall(f, ...))
  end
end

-- part: open
do
  local stacks = setmetatable({}, { __mode = "k" })
  local main = {}
  -- The open owners of the running coroutine, and what closes each.
  local function stack()
    local key = coroutine.running() or main
    local found = stacks[key]
    if not found then
      found = { count = 0, closers = {} }
      stacks[key] = found
    end
    return found
  end
  -- Takes an owner off the stack; gives what closes it, or nothing if it is not there.
  local function take(owner)
    local open = stack()
    for place = open.count, 1, -1 do
      if open[place] == owner then
        local closer = open.closers[place]
        for next = place, open.count - 1 do
          open[next], open.closers[next] = open[next + 1], open.closers[next + 1]
        end
        open[open.count], open.closers[open.count] = nil, nil
        open.count = open.count - 1
        return closer
      end
    end
  end
  -- Begins to watch over an owner.
  function __rt.open(owner, closer)
    local open = stack()
    open.count = open.count + 1
    open[open.count], open.closers[open.count] = owner, closer
  end
  -- The owner goes to another owner, which sees to it.
  function __rt.moved(owner)
    take(owner)
    return owner
  end
  -- Closes an owner that is still open here.
  function __rt.close(owner)
    local closer = take(owner)
    if closer then closer(owner) end
  end
  function __rt.height() return stack().count end
  -- Closes owners until there are as many as before.
  function __rt.unwind(height)
    local open = stack()
    while open.count > height do __rt.close(open[open.count]) end
  end
end

-- part: guard
do
  local function finish(ok, ...)
    if not ok then error((...), 0) end
    return ...
  end
  local function pack(...) return { n = select("#", ...), ... } end
  -- Calls body, then close with the rest of the arguments, whatever body does.
  function __rt.guard(body, close, ...)
    local results = pack(__rt.pcall(body))
    close(...)
    return finish(__rt.unpack(results, 1, results.n))
  end
end

-- part: unpack
--#if lua5.1 luajit luau
__rt.unpack = unpack or table.unpack
--#else
__rt.unpack = table.unpack
--#end

-- part: memo
do
  local function memo(cache, make, count, dictionary, ...)
    local known = cache[dictionary]
    if not known then
      known = {}
      cache[dictionary] = known
    end
    if select("#", ...) > 0 then return memo(known, make, count, ...) end
    if not known[count] then known[count] = make() end
    return known[count]
  end
  -- A function from dictionaries to a dictionary that makes each one once.
  function __rt.memo(f)
    local cache = {}
    return function(...)
      local arguments, count = { ... }, select("#", ...)
      local function make() return f(__rt.unpack(arguments, 1, count)) end
      return memo(cache, make, count, ...)
    end
  end
end

-- part: oob
-- An index that an array does not have.
function __rt.oob(array, index)
  __rt.panic("index " .. __rt.str(index) .. " is outside 1.." .. __rt.str(#array))
end

-- part: short
-- An index that one of some arrays does not have.
function __rt.short(index, array, ...)
  if array[index] == nil then __rt.oob(array, index) end
  __rt.short(index, ...)
end

-- part: covers
-- Whether the first rows of an array have an element at a place; of few it is not worth to ask.
function __rt.covers(rows, count, last)
  if last < 8 then return false end
  for i = 1, count do
    local row = rows[i]
    if row == nil or row[last] == nil then return false end
  end
  return true
end

-- part: append
-- An index that is to be written, where neither it nor the one before is there: it must be the first.
function __rt.append(array, index)
  if index ~= #array + 1 then __rt.oob(array, index) end
end

-- part: item
-- An element of an array, or nil.
function __rt.item(array, index) return array[index] end

-- part: push
-- Appends to an array.
function __rt.push(array, item) array[#array + 1] = item end

-- part: pop
-- Takes the last element from an array.
function __rt.pop(array)
  local count = #array
  local item = array[count]
  array[count] = nil
  return item
end

-- part: insert
__rt.insert = table.insert

-- part: remove
__rt.remove = table.remove

-- part: clear
-- Removes all fields of a table.
function __rt.clear(t)
  for key in pairs(t) do t[key] = nil end
end

-- part: sort
do
  local run = 8

  local function insertion(array, low, high, compare)
    for i = low + 1, high do
      local item = array[i]
      local j = i - 1
      while j >= low and compare(array[j], item) > 0 do
        array[j + 1] = array[j]
        j = j - 1
      end
      array[j + 1] = item
    end
  end

  local function merge(from, to, low, middle, high, compare)
    local left, right = low, middle
    for i = low, high - 1 do
      if left < middle and (right >= high or compare(from[left], from[right]) <= 0) then
        to[i] = from[left]
        left = left + 1
      else
        to[i] = from[right]
        right = right + 1
      end
    end
  end

  -- Sorts an array; equal elements keep their order.
  function __rt.sort(array, compare)
    local count = #array
    for low = 1, count, run do
      insertion(array, low, math.min(low + run - 1, count), compare)
    end
    local from, to, width = array, {}, run
    while width < count do
      for low = 1, count, 2 * width do
        local middle = math.min(low + width, count + 1)
        merge(from, to, low, middle, math.min(middle + width, count + 1), compare)
      end
      from, to, width = to, from, 2 * width
    end
    if from ~= array then
      for i = 1, count do array[i] = from[i] end
    end
  end
end

-- part: concat
__rt.concat = table.concat

-- part: rawget
__rt.rawget = rawget

-- part: rawset
__rt.rawset = rawset

-- part: next
--#if integers
-- The next key and value of a table. A key that is a whole number is an integer in the table, and a
-- float in Fuse.
function __rt.next(t, key)
  local value
  if math.type(key) == "float" then key = math.tointeger(key) or key end
  -- `next` knows whole numbers by their integers only.
  if math.type(key) == "float" then key = math.tointeger(key) or key end
  key, value = next(t, key)
  if math.type(key) == "integer" then key = key + 0.0 end
  return key, value
end
--#else
__rt.next = next
--#end

-- part: has
-- Whether a table has a field.
function __rt.has(t, key) return t[key] ~= nil end

-- part: field
-- A field of a table.
function __rt.field(t, key) return t[key] end

-- part: set_field
-- Sets a field of a table.
function __rt.set_field(t, key, value) t[key] = value end

-- part: hash_part
-- A key as a part of a longer one: no two lists of parts make the same.
function __rt.hash_part(key)
  if type(key) == "string" then return #key .. ":" .. key end
  return string.format("%.17g;", key)
end

-- part: count
-- How many values there are.
--#if integers
function __rt.count(...) return select("#", ...) + 0.0 end
--#else
function __rt.count(...) return select("#", ...) end
--#end

-- part: join_arrays
-- One new array of the elements of several.
function __rt.join_arrays(...)
  local joined, count = {}, 0
  for i = 1, select("#", ...) do
    local array = select(i, ...)
    for j = 1, #array do
      count = count + 1
      joined[count] = array[j]
    end
  end
  return joined
end

-- part: join_tables
-- One new table of the fields of several; elements of sequences stand one after another.
function __rt.join_tables(...)
  local joined, count = {}, 0
  for i = 1, select("#", ...) do
    local t = select(i, ...)
    local length = #t
    for j = 1, length do joined[count + j] = t[j] end
    for key, value in next, t do
      local is_element = type(key) == "number" and key >= 1 and key <= length and key % 1 == 0
      if not is_element then joined[key] = value end
    end
    count = count + length
  end
  return joined
end

-- part: slice
-- Part of an array.
function __rt.slice(array, from, to)
  local part = {}
  for i = from, to do part[#part + 1] = array[i] end
  return part
end

-- part: has_slot
-- Whether a value has a method of a trait under a name.
function __rt.has_slot(v, name)
  return type(v) == "table" and getmetatable(v) ~= nil and v[name] ~= nil
end

-- part: self_iterator
-- What an iterator is as something to go over.
__rt.self_iterator = { __trait = "IntoIterator", iter = function(self) return self end }

-- part: print
do
  local function texts(...)
    local parts = { ... }
    for i = 1, select("#", ...) do parts[i] = __rt.show(parts[i]) end
    return table.concat(parts, "\t")
  end
  -- Writes the texts of values.
  function __rt.print(...) print(texts(...)) end
end
