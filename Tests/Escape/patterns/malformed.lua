-- Malformed patterns are errors.
-- expect: finished true
for _, p in ipairs({"%", "[", "[^", "[a", "[%", "(", "x*)", "%b", "%bx", "%f", "%1", "(()", "[]", "[^]", "x%", "%9"}) do
  if pcall(string.find, "xx", p) then return p end
end
return true
