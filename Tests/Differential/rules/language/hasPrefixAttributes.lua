-- The rule `hasPrefixAttributes` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "local <const> a, b = 1, 2"
