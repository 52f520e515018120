-- Sparse matrices with tuple keys, transposition, products and defaults.
local M = {}
M.__index = function(m, k) return M[k] end
local function new() return setmetatable({d = {}}, M) end
function M:set(r, c, v)
  local row = self.d[r]
  if not row then row = {} self.d[r] = row end
  row[c] = v ~= 0 and v or nil
  if next(row) == nil then self.d[r] = nil end
  return self
end
function M:get(r, c) local row = self.d[r] return row and row[c] or 0 end
function M:each()
  local out = {}
  for r, row in pairs(self.d) do for c, v in pairs(row) do out[#out + 1] = {r, c, v} end end
  table.sort(out, function(a, b) return a[1] < b[1] or a[1] == b[1] and a[2] < b[2] end)
  local i = 0
  return function() i = i + 1 if out[i] then return table.unpack(out[i]) end end
end
M.__mul = function(a, b)
  local p = new()
  for r, k, v in a:each() do
    for c, w in pairs(b.d[k] or {}) do p:set(r, c, p:get(r, c) + v * w) end
  end
  return p
end
function M:t() local x = new() for r, c, v in self:each() do x:set(c, r, v) end return x end
M.__tostring = function(m)
  local o = {}
  for r, c, v in m:each() do o[#o + 1] = r .. "," .. c .. "=" .. v end
  return table.concat(o, " ")
end
M.__eq = function(a, b) return tostring(a) == tostring(b) end
local a = new():set(1, 1, 2):set(1, 3, 4):set(100, 2, 5)
local b = new():set(1, 1, 1):set(3, 7, 10):set(2, -1, 3)
print(a)
print(a * b)
print(a:t())
print(a:t():t() == a, a == b, a:get(50, 50))
a:set(1, 1, 0):set(1, 3, 0)
print(a, next(a.d, 100))
local id = new()
for i = 1, 3 do id:set(i, i, 1) end
print(b * id == b, id * id == id)
