-- Strings, patterns and numbers read from text.

local inf = 1 / 0

check("whole", __rt.str(__rt.whole(2.7)), "2")
check("whole", __rt.str(__rt.whole(-2.1)), "-3")
check("whole", __rt.str(__rt.whole(0 / 0)), "0")
check("whole", __rt.whole(inf) > 2e9 and __rt.whole(-inf) < -2e9, true)
check("sub", __rt.sub("hello", 2, 3), "el")
check("sub", __rt.sub("hello", -3, inf), "llo")
check("sub", __rt.sub("hello", -inf, 1.5), "h")
check("sub", __rt.sub("hello", 0 / 0, -1), "hello")
check("rep", __rt.rep("ab", 3, "-"), "ab-ab-ab")
check("rep", __rt.rep("ab", 0, "-"), "")
check("rep", __rt.rep("ab", 1, "-"), "ab")
check("byte", __rt.str(__rt.byte("A", 1)), "65")
check("byte", __rt.byte("A", 2), nil)
check("char", __rt.char(65.0), "A")
check("char", select(2, pcall(__rt.char, 256)).message, "a byte is a whole number from 0 to 255, not 256")
check("char", pcall(__rt.char, 0 / 0), false)
check("char", pcall(__rt.char, 1.5), false)
check("ulen", __rt.str(__rt.ulen("aé€😀")), "4")
check("ulen", __rt.str(__rt.ulen("")), "0")
check("find_text", __rt.find_text("a.b.c", ".", 3), 4)
check("find_text", __rt.find_text("abc", "", 4), 4)
check("find_text", __rt.find_text("abc", "", 5), nil)
check("find_text", __rt.find_text("abc", "%a", 1), nil)
check("lower", __rt.lower("AÉz") .. __rt.upper("aéz"), "aÉzAéZ")

-- Patterns: from, to and captures, as one text
local function found(s, pattern, init)
  local result = __rt.pattern_find(s, pattern, init or 1)
  if not result then return "none" end
  local text = __rt.str(result[1]) .. "-" .. __rt.str(result[2])
  for _, capture in ipairs(result[3]) do text = text .. " [" .. capture .. "]" end
  return text
end

local cases = {
  { "hello world", "o w", "5-7" },
  { "hello", "l+", "3-4" },
  { "hello", "l-o", "3-5" },
  { "hello", "(h)(.)(%a+)", "1-5 [h] [e] [llo]" },
  { "hello", "()ll()", "3-4 [3] [5]" },
  { "hello", "^h", "1-1" },
  { "hello", "^e", "none" },
  { "hello", "o$", "5-5" },
  { "a$b", "$b", "2-3" },
  { "a^b", "a^", "1-2" },
  { "key = value", "^(%w+)%s*=%s*(%w+)$", "1-11 [key] [value]" },
  { "2024-05-17", "(%d+)-(%d+)-(%d+)", "1-10 [2024] [05] [17]" },
  { "f(a(b)c)d", "%b()", "2-8" },
  { "THE (quick) fox", "%f[%a]%a+%f[%A]", "1-3" },
  { "THE (quick) fox", "%f[%l]%l+", "6-10" },
  { "abc", "%f[%z]", "4-3" },
  { "abab", "(ab)%1", "1-4 [ab]" },
  { "a\0b", "\0", "2-2" },
  { "a\0b", "[\0]b", "2-3" },
  { "a\0b", "%z", "2-2" },
  { "a\0b", "[^\0]b", "none" },
  { "x!y", "%p", "2-2" },
  { " \tA1", "%g+", "3-4" },
  { "é", "%G", "1-1" },
  { "a]b", "[]]", "2-2" },
  { "a]b", "[^]]+", "1-1" },
  { "a-b", "[a-]+", "1-2" },
  { "a-b", "[%a-]+", "1-3" },
  { "x^y", "[x^]+", "1-2" },
  { "5%", "%%", "2-2" },
  { "aaa", "a-$", "1-3" },
  { "aaab", "a*ab", "1-4" },
  { "color colour", "colou?r", "1-5" },
  { "", "", "1-0" },
  { "abc", "x*", "1-0" },
  { "0xFFg", "%x+", "1-1" },
  { "AbC", "%u%l%u", "1-3" },
  { "\127a", "%c", "1-1" },
  { "a.b", "%.", "2-2" },
  { "((x))", "(%((.)%))", "2-4 [(x)] [x]" },
  { "(x)", "(%((.)%))", "1-3 [(x)] [x]" },
}
for _, case in ipairs(cases) do
  check("find " .. case[2], found(case[1], case[2]), case[3])
  -- The matcher for hosts that lack some patterns agrees.
  local from, to, captures = __rt.match(case[1], case[2], 1)
  local text = from and __rt.str(from) .. "-" .. __rt.str(to) or "none"
  for _, capture in ipairs(captures or {}) do text = text .. " [" .. capture .. "]" end
  check("match " .. case[2], text, case[3])
end
check("find", found("hello", "l", 4), "4-4")
check("find", found("hello", "^l", 3), "3-3")
check("find", found("hello", "l", -2), "4-4")
check("find", found("hello", "", 6), "6-5")
check("find", found("hello", "", 7), "none")
check("find", found("hello", "h", -inf), "1-1")
check("find", found("a)b", "a)"), "1-2")
for _, bad in ipairs({ "%", "[a", "(a", "(a))", "%b", "%f", "[", "[%", "%1", "(a)%2" }) do
  local ok, e = pcall(__rt.pattern_find, "aaa", bad, 1)
  check("malformed " .. bad, ok, false)
  if not ok then check("malformed", e.message, "malformed pattern " .. __rt.quote(bad)) end
  check("malformed " .. bad, pcall(__rt.match, "aaa", bad, 1), false)
end

-- Numbers
local function number(text, base)
  local value = __rt.tonumber(text, base or 10)
  return value and string.format("%.17g", value) or "none"
end
local numbers = {
  { "10", "10" }, { " 10 ", "10" }, { "-3", "-3" }, { "+5", "5" }, { ".5", "0.5" },
  { "5.", "5" }, { "1e3", "1000" }, { "1E-2", "0.01" }, { "0x10", "16" }, { "-0xFf", "-255" },
  { "0x.8", "0.5" }, { "0x1p4", "16" }, { "0xA.8p1", "21" }, { "", "none" }, { " ", "none" },
  { "x", "none" }, { "1x", "none" }, { "0x", "none" }, { "1e", "none" }, { "1 2", "none" },
  { "inf", "none" }, { "nan", "none" }, { "infinity", "none" }, { "--1", "none" },
  { "1..2", "none" }, { ".", "none" }, { "- 1", "none" }, { "1_0", "none" }, { "0x1g", "none" },
  { "9007199254740993", "9007199254740992" }, { "18446744073709551616", "1.8446744073709552e+19" },
  { "0xFFFFFFFFFFFFFFFFFF", "4.7223664828696452e+21" }, { "\t7\n", "7" }, { "1\0", "none" },
}
for _, case in ipairs(numbers) do check("tonumber " .. case[1], number(case[1]), case[2]) end
check("tonumber", number("ff", 16), "255")
check("tonumber", number("-ZZ", 36), "-1295")
check("tonumber", number("102", 2), "none")
check("tonumber", number("777", 8), "511")
check("tonumber", pcall(__rt.tonumber, "1", 1), false)
check("tonumber", pcall(__rt.tonumber, "1", 37), false)

-- UTF-8
for _, good in ipairs({ "", "abc", "é", "€", "😀", "\238\128\128", "\244\143\191\191", "\237\159\191" }) do
  check("is_utf8 " .. good, __rt.is_utf8(good), true)
end
for _, bad in ipairs({
  "\128", "\255", "\192\128", "\193\191", "\224\159\191", "\237\160\128", "\240\143\191\191",
  "\244\144\128\128", "\245\128\128\128", "é\195", "\226\130", "\240\159\152", "a\195(",
}) do
  check("is_utf8", __rt.is_utf8(bad), false)
end
