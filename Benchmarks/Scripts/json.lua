-- A JSON round trip in plain Lua: encodes a document, decodes the text, encodes it again.
local n = tonumber(arg and arg[1]) or 95

local byte, sub, find, format = string.byte, string.sub, string.find, string.format

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t" }

local encodeValue
local function encodeString(s)
  return '"' .. s:gsub('[%c"\\]', escapes) .. '"'
end

local function encodeTable(t, out)
  if #t > 0 then
    out[#out + 1] = "["
    for i = 1, #t do
      if i > 1 then out[#out + 1] = "," end
      encodeValue(t[i], out)
    end
    out[#out + 1] = "]"
    return
  end
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys)
  out[#out + 1] = "{"
  for i, key in ipairs(keys) do
    if i > 1 then out[#out + 1] = "," end
    out[#out + 1] = encodeString(key)
    out[#out + 1] = ":"
    encodeValue(t[key], out)
  end
  out[#out + 1] = "}"
end

function encodeValue(v, out)
  local kind = type(v)
  if kind == "table" then
    encodeTable(v, out)
  elseif kind == "string" then
    out[#out + 1] = encodeString(v)
  elseif kind == "number" then
    out[#out + 1] = v % 1 == 0 and format("%d", v) or format("%.10g", v)
  else
    out[#out + 1] = tostring(v)
  end
end

local function encode(v)
  local out = {}
  encodeValue(v, out)
  return table.concat(out)
end

local unescape = { n = "\n", t = "\t", ['"'] = '"', ["\\"] = "\\" }
local decodeValue

local function skip(text, at)
  return find(text, "[^ \n\r\t]", at) or #text + 1
end

local function fail(text, at, what)
  error(format("expected %s at byte %d, found '%s'", what, at, sub(text, at, at)), 0)
end

local function decodeString(text, at)
  local stop = find(text, '["\\]', at + 1)
  if stop and byte(text, stop) == 34 then return sub(text, at + 1, stop - 1), stop + 1 end
  local parts, from = {}, at + 1
  while stop and byte(text, stop) == 92 do
    parts[#parts + 1] = sub(text, from, stop - 1)
    parts[#parts + 1] = unescape[sub(text, stop + 1, stop + 1)] or fail(text, stop + 1, "an escape")
    from = stop + 2
    stop = find(text, '["\\]', from)
  end
  if not stop then fail(text, #text, "the end of a string") end
  parts[#parts + 1] = sub(text, from, stop - 1)
  return table.concat(parts), stop + 1
end

local function decodeArray(text, at)
  local list = {}
  at = skip(text, at + 1)
  if byte(text, at) == 93 then return list, at + 1 end
  while true do
    list[#list + 1], at = decodeValue(text, at)
    at = skip(text, at)
    local b = byte(text, at)
    if b == 93 then return list, at + 1 end
    if b ~= 44 then fail(text, at, "',' or ']'") end
    at = skip(text, at + 1)
  end
end

local function decodeObject(text, at)
  local object = {}
  at = skip(text, at + 1)
  if byte(text, at) == 125 then return object, at + 1 end
  while true do
    if byte(text, at) ~= 34 then fail(text, at, "a key") end
    local key
    key, at = decodeString(text, at)
    at = skip(text, at)
    if byte(text, at) ~= 58 then fail(text, at, "':'") end
    object[key], at = decodeValue(text, skip(text, at + 1))
    at = skip(text, at)
    local b = byte(text, at)
    if b == 125 then return object, at + 1 end
    if b ~= 44 then fail(text, at, "',' or '}'") end
    at = skip(text, at + 1)
  end
end

function decodeValue(text, at)
  local b = byte(text, at)
  if b == 34 then return decodeString(text, at) end
  if b == 123 then return decodeObject(text, at) end
  if b == 91 then return decodeArray(text, at) end
  if sub(text, at, at + 3) == "true" then return true, at + 4 end
  if sub(text, at, at + 4) == "false" then return false, at + 5 end
  local _, stop = find(text, "^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  if not stop then fail(text, at, "a value") end
  return tonumber(sub(text, at, stop)), stop + 1
end

local document = { title = "stock \"list\"", version = 3, open = true, items = {} }
for i = 1, 200 do
  document.items[i] = {
    id = i, price = i * 1.25, name = "thing " .. i, note = "line\n\tof \\ " .. i % 7,
    tags = { "t" .. i % 3, "u" .. i % 5, i % 2 == 0 }, size = { w = i, h = i / 8 },
  }
end

local text = encode(document)
local hash = 0
for round = 1, n do
  local copy = decodeValue(text, 1)
  copy.version = round
  local again = encode(copy)
  hash = (hash * 31 + #again + byte(again, round * 17 % #again + 1)) % 1000000007
end
print(format("json %d %d %d", n, #text, hash))
