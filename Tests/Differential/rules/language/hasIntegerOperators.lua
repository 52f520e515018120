-- The rule `hasIntegerOperators` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "return 7 // 2"
c "return 1 & 3 | 4 ~ 2"
c "return 1 << 4 >> 2"
c "return ~0"
