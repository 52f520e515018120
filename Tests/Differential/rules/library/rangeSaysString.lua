-- Messages of `utf8` say "out of string"; else "out of bounds".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(utf8 and utf8.codepoint or function() return "no utf8" end, "abc", 10)
try(utf8 and utf8.len or function() return "no utf8" end, "abc", 10)
