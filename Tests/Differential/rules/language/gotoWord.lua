-- The rule `gotoWord` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "goto a ::a::"
c "local goto = 1 return goto"
c "do ::b:: end"
