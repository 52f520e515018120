-- Greedy, lazy, optional and their backtracking.
local s = "aaabbbccc"
for _, p in ipairs { "a*", "a+", "a-", "a?", "a*b", "a+b", "a-b", "a?b", "^a*$", "^a*b*c*$", ".*c", ".-c", ".+", ".-$", "b*", "^b*",
    "a*a", "a+a", "a-a", "a?a", "a*aa", "(a*)(a)", "(a-)(a*)b", "(.-)(b+)(.-)$", "[ab]+", "[ab]-c",
      "[^c]*", "[^c]-$", "x*", "x-", "x?",
    "x+", "%a+", "%a-%a",
    "a.-b.-c", "a.*b.*c", "()a*()", "()a-()b", "c?$", "c*$", "c-$", "a**", "a+-", "a*?", "a-+" } do
  print(p, s:match(p))
end
print(("a"):rep(50):match(("a?"):rep(10) .. ("a"):rep(40)) ~= nil)
print(("*"):match("*"), ("+-"):match("+-"), ("?"):match("?"), ("-"):match("^-"),
  ("a*"):match("a%*"))
print(("x"):rep(300):match("^x*$") == ("x"):rep(300), #("x"):rep(300):match("x-$"))
print(("if x then if y then end end"):find("if.-then"), ("[[x]] [[y]]"):match("%[%[(.-)%]%]"),
  ("a,b,,c"):match("^(.-),(.-),(.-),(.-)$"))
