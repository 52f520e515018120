-- UTF-8 in literals, patterns and library functions that count bytes.
local s = "naïve café \u{1F600} 日本語"
print(#s, utf8.len(s), s:upper(), s:reverse() ~= s, s:sub(1, 4), s:byte(3, 4))
print(s:find("é"), s:find("日"), s:match("caf(.[\x80-\xBF]*)"), s:gsub("[\x80-\xFF]", ""),
  (s:gsub("[\xC2-\xF4][\x80-\xBF]*", "?")))
for _, c in utf8.codes("aé日😀") do io.write(("U+%04X "):format(c)) end
print("\u{41}\u{e9}\u{65e5}\u{1f600}" == "Aé日😀", "\xe6\x97\xa5" == "日",
  "\230\151\165" == "日")
print(("日本"):rep(2, "・"), ("%s|%5s|%.3s|"):format("日", "日", "日本"), ("日本"):len(),
  #"\u{7FFFFFFF}", #"\u{10FFFF}", ("é"):byte(1, -1))
local t = {}
for c in s:gmatch(utf8.charpattern) do t[#t + 1] = c end
print(#t, t[3], t[#t], table.concat(t) == s)
local function usub(str, i, j)
  return str:sub(utf8.offset(str, i), (utf8.offset(str, j + 1) or #str + 1) - 1)
end
print(usub("héllo", 2, 3), usub("日本語", 1, 1), usub("日本語", 3, 3))
table.sort(t)
print(t[#t])
print(("É"):lower() == "É", "ü" < "z", "日" > "z", "a\u{301}" == "á", utf8.len("a\u{301}"))
local env = {["é"] = 1}
print(env["é"], load("é = 1"), ("é = 1"):match("^[%w_]"))
print(utf8.char(228, 8364, 0x10FFFF):byte(1, -1))
print(("añb"):gsub(".", function(c) return #c end), ("\u{FEFF}x"):byte(1, 4))
