-- Arithmetic events with strings, numbers, booleans and nil on the other side.
local seen
local M = setmetatable({},
  {__add = function(a, b) seen = (type(a) == "table" and "M" or tostring(a)) .. "+" .. (type(b) == "table" and "M" or tostring(b)) return seen end,
  __idiv = function(a, b) return "idiv" end, __unm = function() return "unm" end,
  __band = function(a, b) return "band" end, __shl = function() return "shl" end,
  __bnot = function() return "bnot" end, __concat = function(a, b) return "cat" end,
  __mod = function() return "mod" end, __pow = function() return "pow" end})
print(M + 1, 1 + M, M + "s", "s" + M, M + nil, nil + M, M + true, false + M, M + M, M + {}, {} + M,
  M + print == seen, M + 1.5, 2^53 + M)
print(M // 0, 0 // M, M % 0, M ^ "x", "x" ^ M, -M, ~M, M & 1.5, 1.5 & M, M & "x", M << nil,
  true << M, M .. nil, nil .. M, M .. {}, 1 .. M, M .. "a" .. "b", "a" .. "b" .. M)
print(pcall(function() return M - 1 end))
print(pcall(function() return 1 - M end))
print(pcall(function() return M * "x" end))
print(pcall(function() return "x" * M end))
print(pcall(function() return M | 1 end))
print(pcall(function() return 1.5 | M end))
print(pcall(function() return M < 1 end))
print(pcall(function() return #M, M() end))
local N = setmetatable({}, {__add = function() return "N" end})
print(M + N ~= "N", N + M, (N + 1) .. "", pcall(function() return N + 1 + {} end))
local t = {5}
print((M + t[1]), (t[1] + M), -(-M == "unm" and 1 or 2), 10 + (N + 1 == "N" and 5 or 0))
local acc = M
for i = 1, 2 do acc = N + i end
print(acc)
local cst <const> = 7
print(M + cst, cst + M, M // cst, cst & M)
print("10" + 5, pcall(function() return "abc" + M end), pcall(function() return {} + "10" end))
