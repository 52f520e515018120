-- Helpers for texts.
local text = {}

function text.trim(s)
  return (s:gsub("^%s+", ""):gsub("%s+$", ""))
end

function text.split(s, separator)
  local parts = {}
  local from = 1
  while true do
    local at, to = s:find(separator, from, true)
    if not at then
      parts[#parts + 1] = s:sub(from)
      return parts
    end
    parts[#parts + 1] = s:sub(from, at - 1)
    from = to + 1
  end
end

function text.words(s)
  local words = {}
  for word in s:gmatch("%S+") do
    words[#words + 1] = word
  end
  return words
end

function text.starts_with(s, prefix)
  return s:sub(1, #prefix) == prefix
end

function text.pad_left(s, width)
  s = tostring(s)
  while #s < width do
    s = " " .. s
  end
  return s
end

function text.pad_right(s, width)
  s = tostring(s)
  return s .. (" "):rep(width - #s)
end

function text.title(s)
  return (s:gsub("(%a)(%w*)", function(first, rest)
    return first:upper() .. rest:lower()
  end))
end

function text.wrap(s, width)
  local lines = {}
  local line = ""
  for _, word in ipairs(text.words(s)) do
    if line == "" then
      line = word
    elseif #line + 1 + #word <= width then
      line = line .. " " .. word
    else
      lines[#lines + 1] = line
      line = word
    end
  end
  if line ~= "" then
    lines[#lines + 1] = line
  end
  return lines
end

-- Cents as units: 123456 is "1,234.56".
function text.money(cents)
  local sign = ""
  if cents < 0 then
    sign = "-"
    cents = -cents
  end
  local units = math.floor(cents / 100)
  local rest = cents % 100
  local digits = string.format("%d", units)
  local grouped = ""
  while #digits > 3 do
    grouped = "," .. digits:sub(-3) .. grouped
    digits = digits:sub(1, -4)
  end
  return sign .. digits .. grouped .. string.format(".%02d", rest)
end

-- Minutes as hours: 90 is "1:30".
function text.hours(minutes)
  return string.format("%d:%02d", math.floor(minutes / 60), minutes % 60)
end

return text
