-- Cellular automata, mazes, spirals, Pascal and sudoku.
local function life(rows)
  local h, w = #rows, #rows[1]
  local g = {}
  for r = 1, h do g[r] = {} for c = 1, w do g[r][c] = rows[r]:sub(c, c) == "#" end end
  return function()
    local n = {}
    for r = 1, h do
      n[r] = {}
      for c = 1, w do
        local k = 0
        for dr = -1, 1 do
          for dc = -1, 1 do
            if not (dr == 0 and dc == 0) and g[(r + dr - 1) % h + 1][(c + dc - 1) % w + 1] then
              k = k + 1
            end
          end
        end
        n[r][c] = k == 3 or g[r][c] and k == 2
      end
    end
    g = n
    local out = {}
    for r = 1, h do
      local l = {}
      for c = 1, w do l[c] = g[r][c] and "#" or "." end
      out[r] = table.concat(l)
    end
    return table.concat(out, "\n")
  end
end
local step = life {".#......", "..#.....", "###.....", "........", "........", "........"}
for i = 1, 4 do local s = step() if i == 4 then print(s) end end
local function rule(n, w, steps)
  local row = {}
  for i = 1, w do row[i] = i == w // 2 + 1 and 1 or 0 end
  for _ = 1, steps do
    print((table.concat(row):gsub("0", "."):gsub("1", "#")))
    local nx = {}
    for i = 1, w do nx[i] = n >> ((row[i - 1] or 0) << 2 | row[i] << 1 | (row[i + 1] or 0)) & 1 end
    row = nx
  end
end
rule(90, 17, 8) rule(30, 17, 6)
local function spiral(n)
  local g = {}
  for i = 1, n do g[i] = {} end
  local r, c, dr, dc = 1, 1, 0, 1
  for k = 1, n * n do
    g[r][c] = k
    local nr, nc = r + dr, c + dc
    if nr < 1 or nr > n or nc < 1 or nc > n or g[nr][nc] then
      dr, dc = dc, -dr nr, nc = r + dr, c + dc
    end
    r, c = nr, nc
  end
  for i = 1, n do print(table.concat(g[i], " ")) end
end
spiral(4)
local row = {1}
for i = 1, 8 do
  io.write((" "):rep((8 - i) * 2))
  for _, v in ipairs(row) do io.write(("%4d"):format(v)) end
  print()
  local nx = {1}
  for j = 1, #row - 1 do nx[j + 1] = row[j] + row[j + 1] end
  nx[#nx + 1] = 1 row = nx
end
local puzzle = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
local grid = {}
for c in puzzle:gmatch(".") do grid[#grid + 1] = c == "." and 0 or tonumber(c) end
local nodes = 0
local function ok(p, v)
  local r, c = (p - 1) // 9, (p - 1) % 9
  for i = 0, 8 do
    if grid[r * 9 + i + 1] == v or grid[i * 9 + c + 1] == v or
      grid[(r // 3 * 3 + i // 3) * 9 + c // 3 * 3 + i % 3 + 1] == v then
      return false
    end
  end
  return true
end
local function search(p)
  nodes = nodes + 1
  while p <= 81 and grid[p] ~= 0 do p = p + 1 end
  if p > 81 then return true end
  for v = 1, 9 do
    if ok(p, v) then grid[p] = v if search(p + 1) then return true end grid[p] = 0 end
  end
  return false
end
print(search(1), nodes)
for r = 0, 8 do print(table.concat(grid, "", r * 9 + 1, r * 9 + 9)) end
