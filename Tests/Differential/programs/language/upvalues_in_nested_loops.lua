-- Closures made in nested loops keep their own pair of variables.
local fs = {}
for i = 1, 3 do
  local base = i * 10
  for j = 1, 2 do
    fs[#fs + 1] = function(d) base = base + (d or 0) j = j + 1 return i, j, base end
  end
end
for k, f in ipairs(fs) do print(k, f(k)) end
for k, f in ipairs(fs) do print(k, f()) end
local i, gs = 0, {}
while i < 3 do local x = i gs[i] = function() x = x + 1 return x, i end i = i + 1 end
print(gs[0]())
print(gs[0]())
print(gs[2]())
local hs = {}
for _, name in ipairs {"a", "b"} do
  local n = 0
  hs[name] = {inc = function() n = n + 1 return n end, get = function() return name .. n end}
end
hs.a.inc() hs.a.inc() hs.b.inc()
print(hs.a.get(), hs.b.get())
