-- The rule `ignoresUnknownEscapes` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "x = '\\q'"
c "x = '\\/'"
