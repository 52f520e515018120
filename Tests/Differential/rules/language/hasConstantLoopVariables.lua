-- The rule `hasConstantLoopVariables` of DialectRules.swift.
local compile = loadstring or load
local function c(s)
  local f, m = compile(s, "=c")
  print(f and "compiles" or m)
end
c "for i = 1, 2 do i = 3 end"
c "for k, v in x do k = 1 end"
c "for k, v in x do v = 1 end"
