-- A tokenizer for a small language made of patterns.
local keywords = {["if"] = true, ["then"] = true, ["end"] = true, ["local"] = true, ["return"] =
  true, ["function"] = true}
local function tokenize(s)
  local out, pos, line = {}, 1, 1
  local function add(kind, text) out[#out + 1] = kind .. ":" .. text end
  while pos <= #s do
    local ws = s:match("^%s+", pos)
    if ws then line = line + select(2, ws:gsub("\n", "")) pos = pos + #ws end
    if pos > #s then break end
    local m = s:match("^%-%-%[(=*)%[", pos)
    if m then
      local e = select(2, s:find("]" .. m .. "]", pos, true))
      add("comment", "long") pos = e + 1
    elseif s:match("^%-%-", pos) then
      local c = s:match("^%-%-[^\n]*", pos)
      add("comment", c:sub(3)) pos = pos + #c
    elseif s:match("^[%a_]", pos) then
      local w = s:match("^[%w_]+", pos)
      add(keywords[w] and "kw" or "id", w) pos = pos + #w
    elseif s:match("^%d", pos) then
      local n = s:match("^0[xX]%x+", pos) or s:match("^%d+%.?%d*[eE]?[+-]?%d*", pos)
      add("num", tostring(tonumber(n))) pos = pos + #n
    elseif s:match("^[\"']", pos) then
      local q = s:sub(pos, pos)
      local i = pos + 1
      while s:sub(i, i) ~= q do
        if i > #s then error("line " .. line .. ": unfinished string", 0) end
        if s:sub(i, i) == "\\" then i = i + 1 end
        i = i + 1
      end
      add("str", s:sub(pos + 1, i - 1)) pos = i + 1
    else
      local op = s:match("^[=~<>]=", pos) or s:match("^%.%.%.?", pos) or s:sub(pos, pos)
      if not op:match("[%p]") then error("line " .. line .. ": bad character", 0) end
      add("op", op) pos = pos + #op
    end
  end
  return table.concat(out, " ")
end
print(tokenize [===[local x = 0x1F + 3.5e2 -- note
if x >= 10 then return "a\"b" .. 'c' end --[==[ long ]] ]==] f(...)]===]) print(pcall(tokenize, "x = 'abc")) print(pcall(tokenize, "a\nb\n\1")) print(tokenize "") print(tokenize "a.b[c]:d{1,2;3}~=4<=5==6")
