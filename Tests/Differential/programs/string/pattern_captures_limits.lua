-- Captures: nesting, order, positions, unused ones, back references.
print(("abcdef"):match("(a)(b)(c)(d)(e)(f)"))
print(("abc"):match("((a)(b(c)))"))
print(("abc"):match("()(a)()(b)()(c)()"))
print(("aaa"):match("(a*)(a*)(a*)"))
print(("aaa"):match("(a-)(a-)(a*)$"))
print(("x"):match("(y?)x(z?)"))
print(("abab"):match("(ab)%1"), ("abba"):match("(a)(b)%2%1"), ("xyzxyz"):find("(xyz)%1"),
  ("aXbXa"):match("^(.)X.X%1$"))
print(("2024-01-02"):gsub("(%d+)-(%d+)-(%d+)", "%3/%2/%1 (%0)"))
print(("hello"):gsub("(l)(l)", "%2%1"), ("ab"):gsub("(a)(b)", {a = "first"}), ("ab"):gsub("(a)(b)",
  function(x, y) return y .. x end))
print(select("#", ("x"):match("x")), select("#", ("x"):match("(x)")), select("#",
  ("x"):find("(x)()")), select("#", ("y"):match("(x)()")))
print(pcall(string.match, "ab", "(a)%2"))
print(pcall(string.match, "ab", "%1(a)"))
print(pcall(string.gsub, "ab", "(a)", "%2"))
print(pcall(string.match, "x", "(()"))
print(pcall(string.match, "x", "(x))"))
print(("((x))"):match("%(%((%w)%)%)"), ("[x]"):match("%[(.)%]"), ("a.b"):match("(%w)%.(%w)"),
  ("^x$"):match("^%^(x)%$$"))
print(("key=val"):match("^(%w+)%s*=%s*(%w+)$"))
print(("  x"):match("^(%s*)(%S+)"), #("  x"):match("^(%s*)"))
for a, b in ("a1b2c3"):gmatch("(%a)(%d)") do io.write(b, a, " ") end
for p in ("abc"):gmatch("()") do io.write(p, " ") end
print()
local p = ("(.)"):rep(31) .. "(.)"
print(select("#", ("abcdefghijklmnopqrstuvwxyz0123456"):match(p)))
print(pcall(string.match, ("x"):rep(50), ("(.)"):rep(33)))
print(("aaaa"):gsub("(a)(a)", "%0%1%2,"), ("abc"):gsub("(b)", "[%1%%%1]"), ("abc"):gsub("%w",
  "%%%0"), ("x y"):gsub("(%w) (%w)", "%2 %1"))
