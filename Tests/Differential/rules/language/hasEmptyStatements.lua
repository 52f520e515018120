-- The rule `hasEmptyStatements` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c ";"
c "x = 1;; y = 2"
c "do ; end"
