-- gmatch: captures, empty matches, anchors, init and exhaustion.
local function all(s, p, init)
  local out = {}
  for a, b in s:gmatch(p, init) do
    out[#out + 1] = tostring(a) .. (b and ":" .. tostring(b) or "")
  end
  return "<" .. table.concat(out, ",") .. ">"
end
print(all("one two  three", "%a+"), all("k=v, a=b", "(%w+)=(%w+)"), all("abc", ""), all("abc",
  "()"))
print(all("abc", "x*"), all("axbxc", "x*"), all("", ""), all("", "x"), all("aaa", "a-"), all("aaa",
  "a*"), all("abab", "b*"))
print(all("hello hello", "^hello"), all("abc", "^"), all("abc", "c$"), all("abc", "$"))
print(all("abcabc", "b", 3), all("abcabc", "b", -2), all("abcabc", "b", 100), all("abc", "", 4),
  all("abc", "", 5), all("abc", ".", -100))
print(all("a\0b\0", "%z"), #all("a\0b", "."), all("x1y22z333", "%d+"), all("%d %d", "%%d"))
print(all("THE (quick) fox", "%f[%a]%a+"), all("((a)(b))", "%b()"), all("aXbXc", "(.)X"), all("abc",
  "()."))
print(pcall(string.gmatch))
print(pcall(string.gmatch, "x"))
print(pcall(string.gmatch, {}, "x"))
print(select("#", pcall(string.gmatch, "x", "x", "y")), (pcall(string.gmatch, "x", "x", "y")))
local it = ("ab"):gmatch(".")
print(it(), it(), it(), it())
local it2 = ("ab"):gmatch("(.)()")
print(it2("ignored", "args"))
print(it2())
print(select("#", it2()), type(it2))
-- two iterators over the same text do not disturb one another
local a, b = ("123"):gmatch("%d"), ("123"):gmatch("%d")
print(a(), a(), b(), a(), b(), b(), a(), b())
local t = {}
for k, v in ("a=1;b=2;c=3"):gmatch("(%w)=(%w)") do t[#t + 1] = k .. v end
print(table.concat(t, " "))
