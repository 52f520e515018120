-- Reversing, counting, truncating, casing and validating UTF-8 text.
local s = "Ünïcødé — 日本語 😀!"
local function reverse(x)
  local t = {}
  for _, c in utf8.codes(x) do table.insert(t, 1, utf8.char(c)) end
  return table.concat(t)
end
print(reverse(s), reverse(reverse(s)) == s, utf8.len(reverse(s)) == utf8.len(s))
local function truncate(x, n)
  if utf8.len(x) <= n then return x end
  return x:sub(1, utf8.offset(x, n + 1) - 1) .. "…"
end
for _, n in ipairs {1, 5, 10, 13, 100} do io.write(truncate(s, n), "|") end
print()
local classes = {0, 0, 0, 0}
for _, c in utf8.codes(s) do
  local n = c < 0x80 and 1 or c < 0x800 and 2 or c < 0x10000 and 3 or 4
  classes[n] = classes[n] + 1
end
print(table.concat(classes, " "), #s)
local function chars(x)
  local r = {}
  for ch in x:gmatch(utf8.charpattern) do r[#r + 1] = ch end
  return r
end
local cs = chars(s)
print(#cs, cs[1], cs[#cs - 1], table.concat(cs) == s)
local function at(x, i) local p = utf8.offset(x, i) return utf8.char(utf8.codepoint(x, p)) end
print(at(s, 1), at(s, 11), at(s, -1), at(s, -2))
local function valid(x) return utf8.len(x) ~= nil end
for _, b in ipairs {"ok", "\xC3\xA9", "\xC3", "\xA9", "\xE2\x82\xAC", "\xE2\x82",
  "\xF0\x9F\x98\x80", "\xF8\x88\x80\x80\x80", "\xC0\xAF", "\xED\xA0\x80", "a\xFFb"} do
  local n, bad = utf8.len(b)
  io.write(tostring(valid(b)), " ", tostring(bad), "; ")
end
print()
local function fix(x)
  local r, pos = {}, 1
  while pos <= #x do
    local n, bad = utf8.len(x, pos)
    if n then r[#r + 1] = x:sub(pos) break end
    r[#r + 1] = x:sub(pos, bad - 1) .. "?" pos = bad + 1
  end
  return table.concat(r)
end
print(fix "a\xFFb\xC3\xA9\xE2", fix "", fix "\xFF\xFE")
local escaped = s:gsub("[\xC2-\xF4][\x80-\xBF]*", function(c)
  return ("\\u{%X}"):format(utf8.codepoint(c))
end)
print(escaped, load('return "' .. escaped .. '"')() == s)
