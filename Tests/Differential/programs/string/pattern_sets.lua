-- Character sets: ranges, negation, classes inside, odd characters.
local function hits(set, chars)
  local o = {}
  for c in chars:gmatch(".") do if c:match(set) then o[#o + 1] = c end end
  return table.concat(o)
end
local probe = "abcxyzABCXYZ0189_-^]%[.,;: \t!"
for _, s in ipairs {"[a-c]", "[^a-c]", "[%a]", "[^%a]", "[a-cX-Z]", "[%d%s]", "[^%d%s%p]", "[-a]",
  "[a-]", "[]]", "[^]]", "[]-a]", "[%]]", "[%-]", "[%^a]", "[a^]", "[^^]", "[%%]", "[.]", "[a-%%]",
  "[%a-z]", "[+-.]", "[!-~]", "[0-9_]", "[%w_]", "[^%w_]", "[%u%d]", "[%l%-]", "[x-z0-1]", "[9-0]",
  "[a-a]", "[[]", "[%[%]]", "[,;:]"} do
  print(s, (hits(s, probe):gsub("\t", "T")))
end
print(("]"):match("[]]"), ("a]"):match("[^]]"), ("-"):match("[a%-z]"), ("b"):match("[a%-z]"),
  ("\\"):match("[\\]"), ("\0"):match("[%z]"), ("\0x"):match("[\0]") == "\0",
  ("é"):match("[é]") ~= nil, #("é"):match("[é]+"))
print(pcall(string.match, "a", "[a"))
print(pcall(string.match, "a", "["))
print(pcall(string.match, "a", "[]"))
print(pcall(string.match, "a", "[^]"))
print(pcall(string.match, "a", "[%"))
print(pcall(string.match, "a", "[a-"))
print(pcall(string.match, "a", "[a%"))
print(("a-b"):gsub("[%-]", "+"), ("x.y.z"):gsub("[.]", ""), ("a1b2"):gsub("[%a]", ""),
  ("a1b2"):gsub("[^%a]", "#"), ("tab\tnl\n"):gsub("[\t\n]", {["\t"] = "\\t", ["\n"] = "\\n"}))
