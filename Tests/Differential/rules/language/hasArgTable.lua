-- The rule `hasArgTable` of DialectRules.swift.
local function f(...) return type(arg) == "table" and arg.n end
local function g(...) local a = ... return rawequal(arg, _G.arg) end
print(f(1, 2, 3), g(1))
