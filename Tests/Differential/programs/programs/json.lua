-- A JSON encoder and decoder, round trips and error positions.
local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r"}
local function encode(v)
  local t = type(v)
  if t == "table" then
    if #v > 0 or next(v) == nil then
      local out = {}
      for i, x in ipairs(v) do out[i] = encode(x) end
      return "[" .. table.concat(out, ",") .. "]"
    end
    local keys = {}
    for k in pairs(v) do keys[#keys + 1] = k end
    table.sort(keys)
    for i, k in ipairs(keys) do keys[i] = encode(k) .. ":" .. encode(v[k]) end
    return "{" .. table.concat(keys, ",") .. "}"
  elseif t == "string" then
    return '"' .. v:gsub('[%c"\\]', function(c)
      return escapes[c] or ("\\u%04x"):format(c:byte())
    end) .. '"'
  elseif t == "number" or t == "boolean" or v == nil then
    return tostring(v)
  end
  error("cannot encode " .. t, 0)
end
local function decode(s) local pos = 1 local value local function fail(m) error(m .. " at " .. pos, 0) end local function ws() pos = s:match("^%s*()", pos) end local function expect(c) if s:sub(pos, pos) ~= c then fail("expected '" .. c .. "'") end pos = pos + 1 ws() end
  local function str()
    local out = {}
    pos = pos + 1
    while true do
      local chunk, e = s:match('^([^"\\]*)()', pos)
      out[#out + 1] = chunk pos = e
      local c = s:sub(pos, pos)
      if c == '"' then
        pos = pos + 1 ws()
        return table.concat(out)
      elseif c == "" then
        fail("unfinished string")
      end
      local esc = s:sub(pos + 1, pos + 1)
      if esc == "u" then
        out[#out + 1] = utf8.char(tonumber(s:sub(pos + 2, pos + 5), 16))
        pos = pos + 6
      else
        out[#out + 1] = ({n = "\n", t = "\t", r = "\r"})[esc] or esc
        pos = pos + 2
      end
    end
  end
  function value()
    local c = s:sub(pos, pos)
    if c == "{" then
      expect "{"
      local t = {}
      if s:sub(pos, pos) ~= "}" then
        repeat
          if s:sub(pos, pos) ~= '"' then fail("expected a key") end
          local k = str()
          expect ":" t[k] = value()
          local more = s:sub(pos, pos) == ","
          if more then expect "," end
        until not more
      end
      expect "}"
      return t
    elseif c == "[" then
      expect "["
      local t = {}
      if s:sub(pos, pos) ~= "]" then
        repeat
          t[#t + 1] = value()
          local more = s:sub(pos, pos) == ","
          if more then expect "," end
        until not more
      end
      expect "]"
      return t
    elseif c == '"' then
      return str()
    end
    local lit = s:match("^[%a]+", pos)
    if lit == "true" or lit == "false" or lit == "null" then
      pos = pos + #lit ws()
      if lit == "null" then return nil end
      return lit == "true"
    end
    local num = s:match("^-?%d+%.?%d*[eE]?[+-]?%d*", pos)
    if not num then fail("unexpected '" .. c .. "'") end
    pos = pos + #num ws()
    return tonumber(num)
  end
  ws() local v = value() if pos <= #s then fail("trailing text") end return v end
print(encode {1, 2.5, "x\n\"y\"", true, {}, {a = 1, b = {2}}})
print(encode(decode '{"k": [1, -2.5e3, "\\u20ac\\n", {"n": null, "t": true}], "z": {}, "a": "b"}'))
for _, bad in ipairs { "", "[1,", "{1:2}", '"abc', "[1 2]", "tru", "1 1", '{"a" 1}', "]" } do
  print(pcall(decode, bad))
end
local big = {}
for i = 1, 200 do
  big[i] = {id = i, name = "item " .. i, tags = {"t" .. i % 7, "u" .. i % 5}, ratio = i / 8}
end
local text = encode(big)
local back = decode(text)
print(#text, encode(back) == text, back[200].tags[2], math.type(back[8].ratio),
  math.type(back[1].id))
print(pcall(encode, {print}))
