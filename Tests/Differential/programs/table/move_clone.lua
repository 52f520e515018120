-- table.move for cloning, appending, rotating and windows.
local t = {1, 2, 3, 4, 5}
local c = table.move(t, 1, #t, 1, {})
print(#c, c ~= t, table.concat(c, " "))
local a, b = {1, 2}, {3, 4}
print(table.concat(table.move(b, 1, #b, #a + 1, a), " "))
local function rotate(x, k)
  local n = #x
  k = k % n
  local r = table.move(x, n - k + 1, n, 1, {})
  return table.move(x, 1, n - k, k + 1, r)
end
for k = -1, 6 do io.write(table.concat(rotate(t, k)), " ") end
print()
local function slice(x, i, j) return table.move(x, i, j or #x, 1, {}) end
print(table.concat(slice(t, 2, 4), ","), table.concat(slice(t, 4), ","), #slice(t, 3, 2))
local function splice(x, pos, del, ...)
  local ins, n = {...}, #x
  local removed = slice(x, pos, pos + del - 1)
  local tail = slice(x, pos + del, n)
  for i = n, pos, -1 do x[i] = nil end
  table.move(ins, 1, #ins, pos, x) table.move(tail, 1, #tail, #x + 1, x)
  return removed
end
local s = {1, 2, 3, 4, 5}
print(table.concat(splice(s, 2, 2, "a", "b", "c"), ","), table.concat(s, ","))
splice(s, 1, 0, "first")
print(table.concat(s, ","))
splice(s, #s, 1)
print(table.concat(s, ","))
local holes = table.move({1, nil, 3}, 1, 3, 1, {"x", "y", "z"})
print(holes[1], holes[2], holes[3])
local shift = table.move({1, 2, 3, 4}, 2, 4, 1)
print(table.concat(shift, ","))
shift[4] = nil
print(#shift)
local big = {}
for i = 1, 1000 do big[i] = i end
table.move(big, 1, 1000, 501)
print(#big, big[500], big[501], big[1500])
table.move(big, 501, 1500, 1)
print(big[1], big[1000], big[1001])
local windows = {}
for i = 1, 3 do windows[i] = table.concat(table.move(t, i, i + 2, 1, {}), "") end
print(table.concat(windows, " "))
print(table.move({}, 1, 0, 1) ~= nil, next(table.move({}, 5, 4, 1, {})), #table.move({9}, 1, 1, 1,
  {8, 7}))
