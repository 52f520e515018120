-- The rule `breakEndsBlock` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "while true do break x = 1 end"
c "while true do do break end x = 1 end"
