-- Weak keys: collected with their objects; strings and numbers stay.
local w = setmetatable({}, {__mode = "k"})
local keep = {}
w[keep] = "kept" w[{}] = "lost" w["string"] = "stays" w[1] = {} w[1.5] = 2 w[true] = 3
for i = 1, 100 do w[{}] = i end
collectgarbage() local n = 0 for k, v in pairs(w) do n = n + 1 end
print(n, w[keep], w.string, type(w[1]), w[1.5], w[true])
keep = nil collectgarbage() n = 0 for k in pairs(w) do n = n + 1 end print(n)
local f = function() end
w[f] = "function" w[coroutine.create(f)] = "thread"
w[function() return n end] = "closure"
collectgarbage() n = 0
for k in pairs(w) do n = n + 1 end
print(n, w[f])
-- ephemerons: a value that refers to its own key does not keep it
local e = setmetatable({}, {__mode = "k"})
do local k = {} e[k] = {ref = k} end
collectgarbage()
print(next(e) == nil)
do local a, b = {}, {} e[a] = b e[b] = a end collectgarbage() print(next(e) == nil)
local root = {}
do local k1 = {} local k2 = {} e[root] = k1 e[k1] = k2 e[k2] = "end of chain" end
collectgarbage() n = 0
for _ in pairs(e) do n = n + 1 end
print(n, e[root] and e[e[root]] and e[e[e[root]]])
root = nil collectgarbage() print(next(e) == nil)
local chain = setmetatable({}, {__mode = "k"})
local head = {}
local cur = head
for i = 1, 50 do local nextkey = {} chain[cur] = nextkey cur = nextkey end
cur = nil collectgarbage() n = 0
for _ in pairs(chain) do n = n + 1 end
print(n)
head = nil collectgarbage()
print(next(chain) == nil)
-- cache keyed by object
local cache = setmetatable({}, {__mode = "k"})
local function area(s) local c = cache[s] if not c then c = s.w * s.h cache[s] = c end return c end
local sq = {w = 2, h = 3}
print(area(sq), area(sq), cache[sq])
sq = nil collectgarbage()
print(next(cache) == nil)
