-- Parts of fuse.rt: strings, patterns, numbers read from text.

-- part: whole
-- A number as Lua's functions take it for a place or a count.
function __rt.whole(x)
  if x ~= x then return 0 end
  if x > 2147483647 then return 2147483647 end
  if x < -2147483647 then return -2147483647 end
  return x - x % 1
end

-- part: lower
__rt.lower = string.lower

-- part: upper
__rt.upper = string.upper

-- part: reverse
__rt.reverse = string.reverse

-- part: as_ustring
-- A text that is known to be valid UTF-8.
function __rt.as_ustring(s) return s end

-- part: ulen
do
  local gsub = string.gsub
  -- How many code points a text of UTF-8 has.
  function __rt.ulen(u)
    local _, count = gsub(u, "[^\128-\191]", "")
--#if integers
    return count + 0.0
--#else
    return count
--#end
  end
end

-- part: sub
do
  local sub = string.sub
  -- Part of a text.
  function __rt.sub(s, from, to)
    -- Most places are small whole numbers, which need no call.
    if from % 1 ~= 0 or from * from > 4e18 then from = __rt.whole(from) end
    if to % 1 ~= 0 or to * to > 4e18 then to = __rt.whole(to) end
    return sub(s, from, to)
  end
end

-- part: rep
do
  local rep = string.rep
  -- A text several times, with something between.
  function __rt.rep(s, times, separator)
    if times % 1 ~= 0 or times * times > 4e18 then times = __rt.whole(times) end
    if times < 1 then return "" end
    if separator == "" then return rep(s, times) end
    return rep(s .. separator, times - 1) .. s
  end
end

-- part: byte
do
  local byte = string.byte
  -- The byte at a place, or nil.
  function __rt.byte(s, index)
    if index % 1 ~= 0 or index * index > 4e18 then index = __rt.whole(index) end
    local code = byte(s, index)
--#if integers
    return code and code + 0.0
--#else
    return code
--#end
  end
end

-- part: char
do
  local char = string.char
  -- A text of one byte.
  function __rt.char(code)
    if not (code >= 0 and code <= 255 and code % 1 == 0) then
      __rt.panic("a byte is a whole number from 0 to 255, not " .. __rt.str(code))
    end
    return char(code)
  end
end

-- part: find_text
do
  local find = string.find
  -- Where a text stands in another, from a place on.
  function __rt.find_text(s, part, init)
    init = __rt.whole(init)
    if init > #s + 1 then return nil end
    local found = find(s, part, init, true)
--#if integers
    return found and found + 0.0
--#else
    return found
--#end
  end
end

-- part: capture_text
-- What a pattern has captured: a text, or a place.
function __rt.capture_text(capture)
  if type(capture) == "number" then return __rt.str(capture) end
  return capture
end

-- part: pattern_find
--#if lua5.1 luajit luau
-- Where a pattern matches: the first and last place, and the captures.
function __rt.pattern_find(s, pattern, init)
  init = __rt.whole(init)
  if init < 0 then init = math.max(#s + init + 1, 1) elseif init == 0 then init = 1 end
  if init > #s + 1 then return nil end
  if not string.find(pattern, "[%^%$%*%+%?%.%(%[%%%-%z]") then
    local from, to = string.find(s, pattern, init, true)
    return from and { from, to, {} }
  end
  local from, to, captures = __rt.match(s, pattern, init)
  if not from then return nil end
  for i = 1, #captures do captures[i] = __rt.capture_text(captures[i]) end
  return { from, to, captures }
end
--#else
do
  local find, pcall = string.find, pcall

  local function found(pattern, ok, from, to, ...)
    if not ok then __rt.panic("malformed pattern " .. __rt.quote(pattern)) end
    if not from then return nil end
    local captures = { ... }
    for i = 1, #captures do captures[i] = __rt.capture_text(captures[i]) end
--#if integers
    return { from + 0.0, to + 0.0, captures }
--#else
    return { from, to, captures }
--#end
  end

  -- Where a pattern matches: the first and last place, and the captures.
  function __rt.pattern_find(s, pattern, init)
    init = __rt.whole(init)
    if init > #s + 1 then return nil end
    return found(pattern, pcall(find, s, pattern, init))
  end
end
--#end

-- part: match
-- A matcher of Lua's patterns, with `%g`, `%f` and zeros, for hosts that lack them.
do
  local byte, sub = string.byte, string.sub
  local ESCAPE, OPEN, POSITION = 37, -1, -2

  local function fail(pattern) __rt.panic("malformed pattern " .. __rt.quote(pattern)) end

  local function is_alpha(c) return c >= 65 and c <= 90 or c >= 97 and c <= 122 end
  local function is_digit(c) return c >= 48 and c <= 57 end
  local classes = {
    [97] = is_alpha,
    [99] = function(c) return c < 32 or c == 127 end,
    [100] = is_digit,
    [103] = function(c) return c > 32 and c < 127 end,
    [108] = function(c) return c >= 97 and c <= 122 end,
    [112] = function(c) return c > 32 and c < 127 and not is_alpha(c) and not is_digit(c) end,
    [115] = function(c) return c == 32 or c >= 9 and c <= 13 end,
    [117] = function(c) return c >= 65 and c <= 90 end,
    [119] = function(c) return is_alpha(c) or is_digit(c) end,
    [120] = function(c)
      return is_digit(c) or c >= 65 and c <= 70 or c >= 97 and c <= 102
    end,
    [122] = function(c) return c == 0 end,
  }

  -- Whether a byte is in the class that a letter names; a capital names the rest.
  local function in_class(c, letter)
    local class = classes[letter]
    if class then return class(c) end
    class = letter and classes[letter + 32]
    if class and letter >= 65 and letter <= 90 then return not class(c) end
    return c == letter
  end

  -- The place after the single item that begins at a place.
  local function item_end(p, at)
    local c = byte(p, at)
    at = at + 1
    if c == ESCAPE then
      if at > #p then fail(p) end
      return at + 1
    end
    if c ~= 91 then return at end
    if byte(p, at) == 94 then at = at + 1 end
    repeat
      if at > #p then fail(p) end
      if byte(p, at) == ESCAPE then at = at + 1 end
      at = at + 1
    until byte(p, at) == 93
    return at + 1
  end

  -- Whether a byte is in the set that begins at a place and whose bracket closes at another.
  local function in_set(c, p, at, close)
    local is_in = true
    at = at + 1
    if byte(p, at) == 94 then
      is_in = false
      at = at + 1
    end
    while at < close do
      local first = byte(p, at)
      if first == ESCAPE then
        if in_class(c, byte(p, at + 1)) then return is_in end
        at = at + 2
      elseif byte(p, at + 1) == 45 and at + 2 < close then
        if first <= c and c <= byte(p, at + 2) then return is_in end
        at = at + 3
      else
        if first == c then return is_in end
        at = at + 1
      end
    end
    return not is_in
  end

  -- Whether the byte at i is what the single item from at to stop, exclusive, stands for.
  local function is_item(s, i, p, at, stop)
    local c = byte(s, i)
    if not c then return false end
    local first = byte(p, at)
    if first == 46 then return true end
    if first == ESCAPE then return in_class(c, byte(p, at + 1)) end
    if first == 91 then return in_set(c, p, at, stop - 1) end
    return first == c
  end

  -- The place after a balanced part that begins at i, or nil.
  local function balanced(s, i, p, at)
    local open, close = byte(p, at), byte(p, at + 1)
    if not close then fail(p) end
    if byte(s, i) ~= open then return nil end
    local depth = 1
    for j = i + 1, #s do
      local c = byte(s, j)
      if c == close then
        depth = depth - 1
        if depth == 0 then return j + 1 end
      elseif c == open then
        depth = depth + 1
      end
    end
    return nil
  end

  local function in_frontier(s, i, p, at, stop)
    local before = i > 1 and byte(s, i - 1) or 0
    local here = byte(s, i) or 0
    return not in_set(before, p, at, stop - 1) and in_set(here, p, at, stop - 1)
  end

  local match

  local function match_capture(s, i, p, at, starts, sizes, size)
    local place = #starts + 1
    starts[place], sizes[place] = i, size
    local found = match(s, i, p, at, starts, sizes)
    if not found then starts[place], sizes[place] = nil, nil end
    return found
  end

  local function match_close(s, i, p, at, starts, sizes)
    local place = #starts
    while place > 0 and sizes[place] ~= OPEN do place = place - 1 end
    if place == 0 then fail(p) end
    sizes[place] = i - starts[place]
    local found = match(s, i, p, at, starts, sizes)
    if not found then sizes[place] = OPEN end
    return found
  end

  local function match_many(s, i, p, at, stop, starts, sizes)
    local count = 0
    while is_item(s, i + count, p, at, stop) do count = count + 1 end
    while count >= 0 do
      local found = match(s, i + count, p, stop + 1, starts, sizes)
      if found then return found end
      count = count - 1
    end
    return nil
  end

  local function match_few(s, i, p, at, stop, starts, sizes)
    while true do
      local found = match(s, i, p, stop + 1, starts, sizes)
      if found then return found end
      if not is_item(s, i, p, at, stop) then return nil end
      i = i + 1
    end
  end

  -- The place after the match of the pattern from at on, beginning at i, or nil.
  function match(s, i, p, at, starts, sizes)
    while at <= #p do
      local c, following = byte(p, at, at + 1)
      if c == 40 then
        if following == 41 then
          return match_capture(s, i, p, at + 2, starts, sizes, POSITION)
        end
        return match_capture(s, i, p, at + 1, starts, sizes, OPEN)
      elseif c == 41 then
        return match_close(s, i, p, at + 1, starts, sizes)
      elseif c == 36 and at == #p then
        return i == #s + 1 and i or nil
      elseif c == ESCAPE and following == 98 then
        i = balanced(s, i, p, at + 2)
        if not i then return nil end
        at = at + 4
      elseif c == ESCAPE and following == 102 then
        at = at + 2
        if byte(p, at) ~= 91 then fail(p) end
        local stop = item_end(p, at)
        if not in_frontier(s, i, p, at, stop) then return nil end
        at = stop
      elseif c == ESCAPE and following and is_digit(following) then
        local place = following - 48
        if not starts[place] or sizes[place] < 0 then fail(p) end
        local text = sub(s, starts[place], starts[place] + sizes[place] - 1)
        if sub(s, i, i + #text - 1) ~= text then return nil end
        i, at = i + #text, at + 2
      else
        local stop = item_end(p, at)
        local suffix = byte(p, stop)
        if suffix == 63 then
          if is_item(s, i, p, at, stop) then
            local found = match(s, i + 1, p, stop + 1, starts, sizes)
            if found then return found end
          end
          at = stop + 1
        elseif suffix == 43 then
          if not is_item(s, i, p, at, stop) then return nil end
          return match_many(s, i + 1, p, at, stop, starts, sizes)
        elseif suffix == 42 then
          return match_many(s, i, p, at, stop, starts, sizes)
        elseif suffix == 45 then
          return match_few(s, i, p, at, stop, starts, sizes)
        else
          if not is_item(s, i, p, at, stop) then return nil end
          i, at = i + 1, stop
        end
      end
    end
    return i
  end

  local function captured(s, p, starts, sizes)
    local captures = {}
    for place = 1, #starts do
      if sizes[place] == OPEN then fail(p) end
      if sizes[place] == POSITION then
        captures[place] = starts[place]
      else
        captures[place] = sub(s, starts[place], starts[place] + sizes[place] - 1)
      end
    end
    return captures
  end

  -- The first place from init on where a pattern matches, the last, and the captures.
  function __rt.match(s, p, init)
    local first, is_anchored = 1, byte(p, 1) == 94
    if is_anchored then first = 2 end
    for i = init, #s + 1 do
      local starts, sizes = {}, {}
      local after = match(s, i, p, first, starts, sizes)
      if after then return i, after - 1, captured(s, p, starts, sizes) end
      if is_anchored then return nil end
    end
    return nil
  end
end

-- part: tonumber
do
  local find, match, lower, tonumber = string.find, string.match, string.lower, tonumber

  local function digits(text, base)
    local value = 0.0
    for i = 1, #text do
      local digit = tonumber(string.sub(text, i, i), 36)
      if not digit or digit >= base then return nil end
      value = value * base + digit
    end
    return value
  end

  local function hexadecimal(text)
    local mantissa, exponent = text, 0
    local at = find(text, "p", 1, true)
    if at then
      local power = match(text, "^[+-]?%d+$", at + 1)
      if not power then return nil end
      mantissa, exponent = string.sub(text, 1, at - 1), tonumber(power)
    end
    local whole, part = match(mantissa, "^(%x*)%.?(%x*)$")
    if not whole or #whole + #part == 0 then return nil end
    return digits(whole .. part, 16) * 2 ^ (exponent - 4 * #part)
  end

  -- The number that a text says, or nil.
  function __rt.tonumber(text, base)
    local sign, rest = match(text, "^%s*([+-]?)(%w.-)%s*$")
    if not sign then
      sign, rest = match(text, "^%s*([+-]?)(%.%d.-)%s*$")
      if not sign then return nil end
    end
    rest = lower(rest)
    local value
    if base ~= 10 then
      if not (base >= 2 and base <= 36 and base % 1 == 0) then
        __rt.panic("a base is a whole number from 2 to 36, not " .. __rt.str(base))
      end
      value = digits(rest, base)
    elseif find(rest, "^0x") then
      value = hexadecimal(string.sub(rest, 3))
    elseif find(rest, "^%d*%.?%d*$") or find(rest, "^%d*%.?%d*e[+-]?%d+$") then
      value = tonumber(rest)
    end
    if not value then return nil end
--#if integers
    value = value + 0.0
--#end
    return sign == "-" and -value or value
  end
end

-- part: is_utf8
do
  local byte, find = string.byte, string.find
  -- Whether a text is valid UTF-8.
  function __rt.is_utf8(s)
    local at = find(s, "[\128-\255]")
    while at do
      local first, second, third, fourth = byte(s, at, at + 3)
      local low, high, width = 128, 191, 2
      if first >= 0xE0 and first <= 0xEF then
        width = 3
        if first == 0xE0 then low = 0xA0 elseif first == 0xED then high = 0x9F end
      elseif first >= 0xF0 and first <= 0xF4 then
        width = 4
        if first == 0xF0 then low = 0x90 elseif first == 0xF4 then high = 0x8F end
      elseif first < 0xC2 or first > 0xDF then
        return false
      end
      if not second or second < low or second > high then return false end
      if width > 2 and (not third or third < 128 or third > 191) then return false end
      if width > 3 and (not fourth or fourth < 128 or fourth > 191) then return false end
      at = find(s, "[\128-\255]", at + width)
    end
    return true
  end
end
