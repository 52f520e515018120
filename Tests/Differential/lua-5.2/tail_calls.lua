-- Proper tail calls: depth, levels, and what they lose.
local function loop(n, acc) if n == 0 then return acc end return loop(n - 1, acc + 1) end
print(loop(200000, 0))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(100001), odd(100001))
local function count(...) return select("#", ...) end
local function pass(...) return count(...) end
print(pass(), pass(nil), pass(1, nil, 3), pass(table.unpack({}, 1, 100)))
local t = setmetatable({}, {__call = function(self, n) if n == 0 then return "end" end return self(n - 1) end})
print(t(10000))
print(pcall(function() local function f() return error("from tail", 2) end local r = f() return r end))
local co = coroutine.wrap(function(n) local function go(k) if k == 0 then return "done" end coroutine.yield(k) return go(k - 1) end return go(n) end)
print(co(2), co(), co())
print((select(2, pcall(string.rep))):match("bad argument"))
