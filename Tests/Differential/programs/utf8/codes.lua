-- utf8.codes: iteration, invalid sequences, lax, and the pattern.
local s = "aé€😀z"
for p, c in utf8.codes(s) do io.write(p, ":", c, " ") end print()
for p, c in utf8.codes("") do print("never") end
for p, c in utf8.codes("a\0b") do io.write(p, ":", c, " ") end print()
local function try(str, lax)
  local out = {}
  local ok, e = pcall(function()
    for p, c in utf8.codes(str, lax) do out[#out + 1] = p .. ":" .. c end
  end)
  print(ok, table.concat(out, " "), ok or (e:gsub("^.-:%d+: ", "")))
end
try("ab\xff") try("a\xe2\x82") try("\u{D800}") try("\u{D800}", true) try("\u{7FFFFFFF}")
try("\u{7FFFFFFF}", true) try("\xc0\x80") try("\xc0\x80", true) try("ok", true)
local f, st, c = utf8.codes("xy") print(type(f), st, c, f(st, 0)) print(f(st, 1)) print(f(st, 2))
print(pcall(utf8.codes)) print(pcall(utf8.codes, {})) print(select("#", utf8.codes(123)))
print(#utf8.charpattern, utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*")
for ch in s:gmatch(utf8.charpattern) do io.write("<", ch, ">") end
print()
print(select(2, s:gsub(utf8.charpattern, "")),
  (s:gsub(utf8.charpattern, {["é"] = "e", ["€"] = "EUR"})))
local counts = {}
for _, c in utf8.codes("mississippi") do counts[c] = (counts[c] or 0) + 1 end
print(counts[("i"):byte()], counts[("s"):byte()], counts[("m"):byte()])
local t = {utf8.codepoint(s, 1, -1)}
print(#t, utf8.char(table.unpack(t)) == s)
print(("\u{48}\u{49}\u{1F600}" == "HI😀"), #"\u{0}\u{7FF}")
