-- A scanner for Lua written in Lua: tokenises a generated source text by patterns and bytes.
local n = tonumber(arg and arg[1]) or 360

local find, sub, byte = string.find, string.sub, string.byte

local keywords = {}
for word in ("and break do else elseif end false for function goto if in local nil not or "
  .. "repeat return then true until while"):gmatch("%a+") do
  keywords[word] = true
end

local function readLong(source, at)
  local _, stop, level = find(source, "^%[(=*)%[", at)
  if not stop then return nil end
  local _, finish = find(source, "]" .. level .. "]", stop + 1, true)
  if not finish then error("unfinished long bracket") end
  return finish
end

local function readQuoted(source, at)
  local quote = byte(source, at)
  local i = at + 1
  while true do
    local b = byte(source, i)
    if b == quote then return i end
    if b == nil or b == 10 then error("unfinished string") end
    i = i + (b == 92 and 2 or 1)
  end
end

local function tokens(source)
  local kinds, texts, count = {}, {}, 0
  local at, line = 1, 1
  local function emit(kind, stop)
    count = count + 1
    kinds[count], texts[count] = kind, sub(source, at, stop)
    at = stop + 1
  end
  while at <= #source do
    local b = byte(source, at)
    if b == 10 then
      line = line + 1
      at = at + 1
    elseif b == 32 or b == 9 then
      local _, stop = find(source, "^[ \t]+", at)
      at = stop + 1
    elseif b == 45 and byte(source, at + 1) == 45 then
      local stop = readLong(source, at + 2)
      if not stop then
        local newline = find(source, "\n", at, true)
        stop = newline and newline - 1 or #source
      end
      at = stop + 1
    elseif b == 95 or (b >= 97 and b <= 122) or (b >= 65 and b <= 90) then
      local _, stop = find(source, "^[%w_]+", at)
      local word = sub(source, at, stop)
      emit(keywords[word] and "keyword" or "name", stop)
    elseif b >= 48 and b <= 57 then
      local _, stop = find(source, "^0[xX]%x+", at)
      if not stop then _, stop = find(source, "^%d+%.?%d*[eE]?%d*", at) end
      emit("number", stop)
    elseif b == 34 or b == 39 then
      emit("string", readQuoted(source, at))
    elseif b == 91 and readLong(source, at) then
      emit("string", readLong(source, at))
    else
      local _, stop = find(source, "^%.%.%.?", at)
      if not stop then _, stop = find(source, "^[=~<>]=", at) end
      emit("operator", stop or at)
    end
  end
  return kinds, texts, count, line
end

local piece = [==[
-- Adds the entries of a list that pass a test.
local function addUp(list, test, ...)
  local total, seen = 0x1F, { name = "a \"quoted\" word", [1] = 'x' }
  for i, value in ipairs(list) do
    if value ~= nil and test(value) or i >= 10.5e2 then
      total = total + value * 2 ^ 3 - #list .. "" --[[ odd but legal ]]
    elseif not seen[value] then
      seen[#seen + 1] = [[long
text]]
    end
  end
  return total <= 7 and total or -total, ...
end
]==]

local source = piece:rep(25)
local total, hash, lines = 0, 0, 0
for round = 1, n do
  local kinds, texts, count, line = tokens(source)
  total = total + count
  lines = lines + line
  for i = round, count, 13 do
    hash = (hash * 31 + #texts[i] + byte(kinds[i])) % 1000000007
  end
end
print(string.format("lexer %d %d %d %d", n, total, lines, hash))
