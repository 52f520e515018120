-- Parts of fuse.rt: formats of text and of bytes, and the shortest texts of numbers.

-- part: shortest
-- The fewest digits, 17 at most, that read back as a number.
function __rt.shortest(n)
  if n == 0 then return "0" end
  for digits = 14, 17 do
    local text = string.format("%." .. digits .. "g", n)
    if tonumber(text) == n then return text end
  end
end

-- part: hex_byte
-- The first byte of a text as two digits.
function __rt.hex_byte(text) return string.format("%02x", string.byte(text)) end

-- part: pad_text
-- A text in a field as `%5s` and `%-5s` have it.
function __rt.pad_text(text, flags, width)
  local missing = (tonumber(width) or 0) - #text
  if missing <= 0 then return text end
  if string.find(flags, "-", 1, true) then return text .. string.rep(" ", missing) end
  return string.rep(" ", missing) .. text
end

-- part: lua_quote
do
  local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\\n", ["\r"] = "\\r" }
  -- A text as Lua reads it.
  function __rt.lua_quote(text)
    local quoted = string.gsub(text, '["\\\n\r]', escapes)
    quoted = string.gsub(quoted, "%z(%d?)", function(digit)
      return (digit == "" and "\\0" or "\\000") .. digit
    end)
    return '"' .. quoted .. '"'
  end
end

-- part: format
do
  local format = string.format
  local integers = { d = true, i = true, c = true, u = true, o = true, x = true, X = true }
  local floats = { e = true, E = true, f = true, g = true, G = true }

  local function number(spec, conversion, flags, width, value)
    if type(value) ~= "number" then return nil, "number expected, found " .. __rt.debug(value) end
    if floats[conversion] then
      if value - value == 0 then return __rt.number_text(spec, value) end
      local text = value ~= value and "nan" or value > 0 and "inf" or "-inf"
      if string.find(flags, "+", 1, true) and value > 0 then text = "+" .. text end
      return __rt.pad_text(text, flags, width)
    end
    if value % 1 ~= 0 or value > 9007199254740992 or value < -9007199254740992 then
      return nil, "whole number expected, found " .. __rt.str(value)
    end
    if conversion == "c" then
      if value < 0 or value > 255 then return nil, "byte expected, found " .. __rt.str(value) end
      return __rt.pad_text(string.char(value), flags, width)
    end
    if conversion ~= "d" and conversion ~= "i" and value < 0 then
      return nil, "number from 0 on expected, found " .. __rt.str(value)
    end
    if conversion == "i" or conversion == "u" then spec = string.gsub(spec, ".$", "d") end
--#if integers
    return format(spec, math.tointeger(value))
--#else
    return format(spec, value)
--#end
  end

  local function text_of(conversion, flags, width, precision, value)
    if conversion == "s" then
      local text = __rt.show(value)
      if precision ~= "" then text = string.sub(text, 1, tonumber(string.sub(precision, 2)) or 0) end
      return __rt.pad_text(text, flags, width)
    end
    value = __rt.unbox(value)
    if type(value) == "string" then return __rt.lua_quote(value) end
    if type(value) == "number" then return __rt.shortest(value) or __rt.str(value) end
    if type(value) == "boolean" or value == nil then return tostring(value) end
    return nil, "no text in Lua for " .. __rt.debug(value)
  end

  -- The text of a template, or nil and what is wrong.
  function __rt.format(template, count, value)
    local parts, used, at = {}, 0, 1
    while at <= #template do
      local mark = string.find(template, "%", at, true)
      if not mark then break end
      parts[#parts + 1] = string.sub(template, at, mark - 1)
      if string.sub(template, mark + 1, mark + 1) == "%" then
        parts[#parts + 1] = "%"
        at = mark + 2
      else
        local _, stop, flags, width, precision, conversion =
          string.find(template, "^([-+ #0]*)(%d*)(%.?%d*)(%a)", mark + 1)
        local is_known = conversion
          and (integers[conversion] or floats[conversion] or conversion == "s" or conversion == "q")
        if not is_known or #width > 2 or #precision > 3 or #flags > 5 then
          return nil, "unknown conversion " .. __rt.quote(string.sub(template, mark, mark + 2))
        end
        used = used + 1
        if used > count then return nil, "there is no value " .. used end
        local text, problem
        if conversion == "s" or conversion == "q" then
          text, problem = text_of(conversion, flags, width, precision, value(used))
        else
          local spec = "%" .. flags .. width .. precision .. conversion
          local ok
          ok, text, problem = pcall(number, spec, conversion, flags, width, __rt.unbox(value(used)))
          if not ok then
            text, problem = nil, "unknown conversion " .. __rt.quote(spec)
          end
        end
        if not text then return nil, "value " .. used .. ": " .. problem end
        parts[#parts + 1] = text
        at = stop + 1
      end
    end
    parts[#parts + 1] = string.sub(template, at)
    return table.concat(parts)
  end
end

-- part: pack_items
do
  local sizes = { b = 1, h = 2, i = 4, l = 8, j = 8, T = 8, f = 4, d = 8, n = 8, s = 8, I = 4 }

  local function fail(message) error({ problem = message }, 0) end

  -- Reads a template and calls visit with kind, size, padding and byte order of each item.
  function __rt.pack_items(template, visit)
    local is_little, max_align, at = true, 1, 1
    local place = 0
    local function number(default)
      local digits = string.match(template, "^%d+", at)
      if not digits then return default end
      at = at + #digits
      return tonumber(digits)
    end
    local function size_of(letter)
      local size = sizes[letter]
      if letter == "i" or letter == "I" or letter == "s" then size = number(size) end
      if size < 1 or size > 16 then fail("size " .. size .. " is not among 1 to 16") end
      return size
    end
    local function padding(size)
      local align = math.min(size, max_align)
      if align <= 1 then return 0 end
      if math.log(align) / math.log(2) % 1 ~= 0 then
        fail("alignment " .. align .. " is not a power of 2")
      end
      return (align - place % align) % align
    end
    while at <= #template do
      local letter = string.sub(template, at, at)
      local lower = string.lower(letter)
      at = at + 1
      if letter == "<" or letter == "=" then
        is_little = true
      elseif letter == ">" then
        is_little = false
      elseif letter == "!" then
        max_align = number(8)
        if max_align < 1 or max_align > 16 then
          fail("size " .. max_align .. " is not among 1 to 16")
        end
      elseif letter == "x" then
        place = place + visit("padding", 1, 0, is_little)
      elseif letter == "X" then
        local next_letter = string.sub(template, at, at)
        at = at + 1
        if not sizes[next_letter] and not sizes[string.lower(next_letter)] then
          fail("no size after X")
        end
        local size = size_of(sizes[next_letter] and next_letter or string.lower(next_letter))
        place = place + visit("align", 0, padding(size), is_little)
      elseif letter == "c" then
        local size = number(nil)
        if not size then fail("no size after c") end
        place = place + visit("fixed", size, 0, is_little)
      elseif letter == "z" then
        place = place + visit("zero", 0, 0, is_little)
      elseif letter == "s" then
        local size = size_of("s")
        place = place + visit("string", size, padding(size), is_little)
      elseif letter == "f" or letter == "d" or letter == "n" then
        local size = sizes[letter]
        place = place + visit("float", size, padding(size), is_little)
      elseif string.find(letter, "[bhiljBHILJT]") then
        local size = size_of(letter == "I" and "I" or letter == "T" and "T" or lower)
        local kind = string.find(letter, "[bhilj]") and "signed" or "unsigned"
        place = place + visit(kind, size, padding(size), is_little)
      elseif letter ~= " " then
        fail("unknown letter " .. __rt.quote(letter))
      end
    end
  end

  -- Calls a function that may fail: its results, or nil and the message.
  function __rt.pack_try(f, ...)
    local ok, value = pcall(f, ...)
    if ok then return value end
    if type(value) == "table" and value.problem then return nil, value.problem end
    error(value, 0)
  end

  -- Ends a function of pack_try.
  __rt.pack_fail = fail
end

-- part: float_bytes
do
  -- The bytes of a whole number from 0 on, lowest first.
  local function bytes_of(n, count)
    local bytes = {}
    for i = 1, count do
      bytes[i] = n % 256
      n = (n - n % 256) / 256
    end
    return bytes
  end

  -- The bytes of a number as binary32 or binary64, lowest first.
  function __rt.float_bytes(x, size)
    local fraction_bits, bias = 52, 1023
    if size == 4 then fraction_bits, bias = 23, 127 end
    local is_negative = x < 0 or x == 0 and 1 / x < 0
    local exponent, fraction = 0, 0
    if x ~= x then
      exponent, fraction = 2 * bias + 1, 2 ^ (fraction_bits - 1)
    elseif x ~= 0 then
      local size_of_x = math.abs(x)
      if size_of_x == 1 / 0 then
        exponent = 2 * bias + 1
      else
        local power = 0
        while size_of_x >= 2 do size_of_x, power = size_of_x / 2, power + 1 end
        while size_of_x < 1 and power > 1 - bias do
          size_of_x, power = size_of_x * 2, power - 1
        end
        exponent = power + bias
        if size_of_x < 1 then exponent, fraction = 0, size_of_x else fraction = size_of_x - 1 end
        fraction = fraction * 2 ^ fraction_bits
        -- To the nearest, and to the even one of two.
        local down = fraction - fraction % 1
        local rest = fraction - down
        if rest > 0.5 or rest == 0.5 and down % 2 == 1 then down = down + 1 end
        fraction = down
        if fraction >= 2 ^ fraction_bits then exponent, fraction = exponent + 1, 0 end
        if exponent > 2 * bias then exponent, fraction = 2 * bias + 1, 0 end
      end
    end
    local bytes = bytes_of(fraction, size)
    local top = exponent + (is_negative and bias + 1 or 0) * 2
    if size == 8 then
      bytes[7] = bytes[7] + top % 16 * 16
      bytes[8] = (top - top % 16) / 16
    else
      bytes[3] = bytes[3] + top % 2 * 128
      bytes[4] = (top - top % 2) / 2
    end
    return bytes
  end
end

-- part: pack
do
  local fail

  local function integer_bytes(value, kind, size)
    if value % 1 ~= 0 then fail("whole number expected, found " .. __rt.str(value)) end
    local limit = 2 ^ (size * 8 - (kind == "signed" and 1 or 0))
    local lowest = kind == "signed" and -limit or 0
    if value >= limit or value < lowest then
      fail(__rt.str(value) .. " does not fit " .. size .. " bytes")
    end
    local bytes, is_negative = {}, value < 0
    local rest = is_negative and -value - 1 or value
    for i = 1, size do
      local byte = rest % 256
      bytes[i] = is_negative and 255 - byte or byte
      rest = (rest - byte) / 256
    end
    return bytes
  end

  local function text_of(bytes, is_little)
    local letters, count = {}, #bytes
    for i = 1, count do
      letters[i] = string.char(is_little and bytes[i] or bytes[count + 1 - i])
    end
    return table.concat(letters)
  end

  local function packed(template, count, value)
    local parts, used = {}, 0
    local function next_value(kind)
      used = used + 1
      if used > count then fail("there is no value " .. used) end
      local found = __rt.unbox(value(used))
      if type(found) ~= kind then fail(kind .. " expected, found " .. __rt.debug(found)) end
      return found
    end
    local function visit(kind, size, padding, is_little)
      local text
      if kind == "padding" then
        text = "\0"
      elseif kind == "align" then
        text = ""
      elseif kind == "fixed" then
        text = next_value("string")
        if #text > size then fail("the text is longer than " .. size .. " bytes") end
        text = text .. string.rep("\0", size - #text)
      elseif kind == "zero" then
        text = next_value("string")
        if string.find(text, "\0", 1, true) then fail("the text contains zeros") end
        text = text .. "\0"
      elseif kind == "string" then
        text = next_value("string")
        text = text_of(integer_bytes(#text, "unsigned", size), is_little) .. text
      elseif kind == "float" then
        text = text_of(__rt.float_bytes(next_value("number"), size), is_little)
      else
        text = text_of(integer_bytes(next_value("number"), kind, size), is_little)
      end
      parts[#parts + 1] = string.rep("\0", padding) .. text
      return padding + #text
    end
    __rt.pack_items(template, visit)
    return table.concat(parts)
  end

  -- The values of a template as bytes, or nil and what is wrong.
  function __rt.pack(template, count, value)
    fail = __rt.pack_fail
    return __rt.pack_try(packed, template, count, value)
  end
end

-- part: unpack_data
do
  local function fail(message) __rt.pack_fail(message) end

  local function bytes_at(data, at, size, is_little)
    if at + size - 1 > #data then fail("the data is too short") end
    local bytes = {}
    for i = 1, size do
      local place = is_little and at + i - 1 or at + size - i
      bytes[i] = string.byte(data, place)
    end
    return bytes
  end

  local function integer_of(bytes, is_signed)
    local size = #bytes
    local is_negative = is_signed and bytes[size] >= 128
    local value = 0.0
    for i = size, 1, -1 do
      value = value * 256 + (is_negative and 255 - bytes[i] or bytes[i])
    end
    if is_negative then return -value - 1 end
    return value
  end

  local function float_of(bytes)
    local size = #bytes
    local fraction_bits, bias, exponent, fraction = 52, 1023, 0, 0.0
    local is_negative = bytes[size] >= 128
    local top = bytes[size] % 128
    if size == 4 then
      fraction_bits, bias = 23, 127
      exponent = top * 2 + (bytes[3] - bytes[3] % 128) / 128
      fraction = bytes[3] % 128 + 0.0
      for i = 2, 1, -1 do fraction = fraction * 256 + bytes[i] end
    else
      exponent = top * 16 + (bytes[7] - bytes[7] % 16) / 16
      fraction = bytes[7] % 16 + 0.0
      for i = 6, 1, -1 do fraction = fraction * 256 + bytes[i] end
    end
    local value
    if exponent == 2 * bias + 1 then
      value = fraction == 0 and 1 / 0 or 0 / 0
    elseif exponent == 0 then
      value = fraction * 2.0 ^ (1 - bias - fraction_bits)
    else
      value = (1 + fraction / 2.0 ^ fraction_bits) * 2.0 ^ (exponent - bias)
    end
    return is_negative and -value or value
  end

  local function unpacked(template, data, at, found)
    if at % 1 ~= 0 or at < 1 or at > #data + 1 then fail("the place is outside the data") end
    local function visit(kind, size, padding, is_little)
      at = at + padding
      if at > #data + 1 then fail("the data is too short") end
      local used = size
      if kind == "padding" then
        if at > #data then fail("the data is too short") end
      elseif kind == "align" then
        used = 0
      elseif kind == "fixed" then
        if at + size - 1 > #data then fail("the data is too short") end
        found(string.sub(data, at, at + size - 1))
      elseif kind == "zero" then
        local stop = string.find(data, "\0", at, true)
        if not stop then fail("the text does not end") end
        found(string.sub(data, at, stop - 1))
        used = stop - at + 1
      elseif kind == "string" then
        local length = integer_of(bytes_at(data, at, size, is_little), false)
        if at + size + length - 1 > #data then fail("the data is too short") end
        found(string.sub(data, at + size, at + size + length - 1))
        used = size + length
      elseif kind == "float" then
        found(float_of(bytes_at(data, at, size, is_little)))
      else
        found(integer_of(bytes_at(data, at, size, is_little), kind == "signed"))
      end
      at = at + used
      return padding + used
    end
    __rt.pack_items(template, visit)
    found(at + 0.0)
    return true
  end

  -- Calls found with the values in some data, then with the place after them; whether all went well,
  -- and what did not.
  function __rt.unpack_data(template, data, at, found)
    if at < 0 then at = #data + at + 1 end
    local done, problem = __rt.pack_try(unpacked, template, data, __rt.whole(at), found)
    return done or false, problem
  end
end
