-- Recursion: mutual, through tables, closures, Y combinator, memo, accumulators, deep non-tail.
local isodd
local function iseven(n) if n == 0 then return true end return isodd(n - 1) end
function isodd(n) if n == 0 then return false end return iseven(n - 1) end
print(iseven(10), isodd(7), iseven(7))
local function Y(f)
  return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end)
end
print(Y(function(self) return function(n) return n < 2 and 1 or n * self(n - 1) end end)(10))
local function ack(m, n)
  if m == 0 then return n + 1 elseif n == 0 then return ack(m - 1, 1) end
  return ack(m - 1, ack(m, n - 1))
end
print(ack(2, 3), ack(1, 10))
local function hanoi(n, a, b, c, moves)
  if n > 0 then
    hanoi(n - 1, a, c, b, moves) moves[#moves + 1] = a .. b hanoi(n - 1, c, b, a, moves)
  end
  return moves
end
print(#hanoi(6, "A", "B", "C", {}), table.concat(hanoi(3, "A", "B", "C", {}), " "))
local function subsets(s, i, cur, out)
  i, cur, out = i or 1, cur or {}, out or {}
  if i > #s then
    out[#out + 1] = "{" .. table.concat(cur) .. "}"
  else
    subsets(s, i + 1, cur, out) cur[#cur + 1] = s[i] subsets(s, i + 1, cur, out) cur[#cur] = nil
  end
  return out
end
print(table.concat(subsets {"a", "b", "c"}, " "))
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(10000))
local function binom(n, k)
  if k == 0 or k == n then return 1 end
  return binom(n - 1, k - 1) + binom(n - 1, k)
end
print(binom(12, 5))
local function partitions(n, m)
  m = m or n
  if n == 0 then return 1 elseif n < 0 or m == 0 then return 0 end
  return partitions(n - m, m) + partitions(n, m - 1)
end
print(partitions(15))
local function gray(n)
  if n == 0 then return {""} end
  local p, r = gray(n - 1), {}
  for i = 1, #p do r[i] = "0" .. p[i] end
  for i = #p, 1, -1 do r[#r + 1] = "1" .. p[i] end
  return r
end
print(table.concat(gray(3), " "))
local t = {f = function(self, n)
  if n == 0 then return self.v end
  return self:f(n - 1)
end, v = "bottom"}
print(t:f(100))
local function tree(d) if d == 0 then return {} end return {tree(d - 1), tree(d - 1)} end
local function count(x) return x[1] and 1 + count(x[1]) + count(x[2]) or 1 end
print(count(tree(8)))
local function va(...) local a, b = ... if not b then return a end return a + va(select(2, ...)) end
print(va(1, 2, 3, 4, 5))
local function collatz(n, s)
  s = s or 0
  if n == 1 then return s end
  return collatz(n % 2 == 0 and n // 2 or 3 * n + 1, s + 1)
end
print(collatz(27))
