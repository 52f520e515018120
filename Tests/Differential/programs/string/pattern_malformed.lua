-- Malformed patterns and their messages.
for _, p in ipairs { "%", "a%", "[", "[a", "[]", "[^", "[^]", "[a-", "[%", "[%a", "(", "(a", "a)", "()(", "%1", "(%1)", "(a)%2", "(()%1",
    "%0", "%b", "%bx", "%f", "%fx", "[a]%", "(a)(b", "(a))", "((a)", ")", "%b(", "[%]" } do
  print(p, pcall(string.find, "aaa(", p))
end
for _, p in ipairs { "%", "[", "(", ")", "%1" } do
  print(p, pcall(string.gsub, "abc", p, "x"))
  print(p, pcall(string.match, "abc", p))
  print(p, pcall(function() for m in ("abc"):gmatch(p) do return m end end))
end
print(pcall(string.find, "a", ("(a"):rep(33)))
print(pcall(string.find, ("a"):rep(40), ("(a)"):rep(33)))
print(select("#", string.find(("a"):rep(40), ("(a)"):rep(32))))
-- a bad part that is never reached is not seen
print(("b"):find("a%"))
print(pcall(string.find, "a", "a%"))
print(pcall(string.rep, "%", -1))
