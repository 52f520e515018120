-- The rule `codePointEscapeMax` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "x = '\\u{41}'"
c "x = '\\u{10FFFF}'"
c "x = '\\u{7FFFFFFF}'"
