-- A JSON reader and pretty printer.
--
-- What one sees: a compact document printed again with one value a line, keys sorted, and then
-- what the reader says about a broken one. A file of your own:
--
--   nightjar run --allow-read Examples/json.lua FILE.json

local escapes <const> = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}
local null <const> = setmetatable({}, { __tostring = function() return "null" end })

-- Reading: every reader takes the text and a position, and returns a value and the position after.

local readValue

local function fail(text, at, expected)
  local _, line = text:sub(1, at - 1):gsub("\n", "")
  local column = at - (text:sub(1, at - 1):match(".*()\n") or 0)
  local found = at > #text and "the end" or ("%q"):format(text:sub(at, at))
  error(("line %d, column %d: expected %s, found %s"):format(line + 1, column, expected, found), 0)
end

local function skip(text, at)
  return text:match("^%s*()", at)
end

local function readString(text, at)
  local parts = {}
  at = at + 1
  while true do
    local plain, stop = text:match('^([^"\\\n]*)()', at)
    parts[#parts + 1] = plain
    local mark = text:sub(stop, stop)
    if mark == '"' then return table.concat(parts), stop + 1 end
    if mark ~= "\\" then fail(text, stop, "the closing quote") end
    local hex = text:match("^u(%x%x%x%x)", stop + 1)
    if hex then
      parts[#parts + 1] = utf8.char(tonumber(hex, 16))
      at = stop + 6
    else
      local plainEscape = escapes[text:sub(stop + 1, stop + 1)]
      parts[#parts + 1] = plainEscape or fail(text, stop + 1, "an escape")
      at = stop + 2
    end
  end
end

local function readItems(text, at, close, readItem)
  at = skip(text, at + 1)
  if text:sub(at, at) == close then return at + 1 end
  while true do
    at = skip(text, readItem(at))
    local mark = text:sub(at, at)
    if mark == close then return at + 1 end
    if mark ~= "," then fail(text, at, ("',' or '%s'"):format(close)) end
    at = skip(text, at + 1)
  end
end

local function readArray(text, at)
  local list = { n = 0 }
  local stop = readItems(text, at, "]", function(from)
    list.n = list.n + 1
    local after
    list[list.n], after = readValue(text, from)
    return after
  end)
  return list, stop
end

local function readObject(text, at)
  local object = {}
  local stop = readItems(text, at, "}", function(from)
    if text:sub(from, from) ~= '"' then fail(text, from, "a key in quotes") end
    local key, after = readString(text, from)
    after = skip(text, after)
    if text:sub(after, after) ~= ":" then fail(text, after, "':'") end
    object[key], after = readValue(text, skip(text, after + 1))
    return after
  end)
  return object, stop
end

function readValue(text, at)
  local mark = text:sub(at, at)
  if mark == '"' then return readString(text, at) end
  if mark == "{" then return readObject(text, at) end
  if mark == "[" then return readArray(text, at) end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  if number and tonumber(number) then return tonumber(number), at + #number end
  local word = text:match("^%a+", at)
  if word == "true" then return true, at + 4 end
  if word == "false" then return false, at + 5 end
  if word == "null" then return null, at + 4 end
  fail(text, at, "a value")
end

local function read(text)
  local value, at = readValue(text, skip(text, 1))
  at = skip(text, at)
  if at <= #text then fail(text, at, "the end of the text") end
  return value
end

-- Writing.

local function quoted(s)
  return '"' .. s:gsub('[%c"\\]', function(c)
    return (c == '"' or c == "\\") and "\\" .. c or ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function write(value, indent)
  if type(value) == "string" then return quoted(value) end
  if type(value) ~= "table" or value == null then return tostring(value) end
  local inner, lines, keys = indent .. "  ", {}, {}
  for i = 1, value.n or 0 do lines[i] = inner .. write(value[i], inner) end
  if not value.n then
    for key in pairs(value) do keys[#keys + 1] = key end
    table.sort(keys)
    for i, key in ipairs(keys) do
      lines[i] = ("%s%s: %s"):format(inner, quoted(key), write(value[key], inner))
    end
  end
  local open, close = "{", "}"
  if value.n then open, close = "[", "]" end
  if #lines == 0 then return open .. close end
  return open .. "\n" .. table.concat(lines, ",\n") .. "\n" .. indent .. close
end

if arg[1] then
  local file = assert(io.open(arg[1]))
  print(write(read(file:read("a")), ""))
  file:close()
else
  print(write(read([[{"name":"European nightjar","latin":"Caprimulgus europaeus","length_cm":
    [24.5,28],"nocturnal":true,"tags":["moths","heath","\u2606 churring"],"egg":{"count":2,
    "colour":null},"sightings":[]}]]), ""))
  print()
  print("and a broken document: ", select(2, pcall(read, '{"moths": [1, 2,\n  "three", 4;]}')))
end
