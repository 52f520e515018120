-- Sorting letters, grouping and symmetric texts.
local function key(w)
  local t = {}
  for c in w:lower():gmatch("%a") do t[#t + 1] = c end
  table.sort(t)
  return table.concat(t)
end
local groups, order = {}, {}
for w in ("listen silent enlist google elbow below inlets tinsel act cat"):gmatch("%a+") do
  local k = key(w)
  if not groups[k] then groups[k] = {} order[#order + 1] = k end
  table.insert(groups[k], w)
end
table.sort(order)
for _, k in ipairs(order) do print(k, #groups[k], table.concat(groups[k], ",")) end
local function pal(s) s = s:lower():gsub("%W", "") return s == s:reverse() end
for _, s in ipairs {"A man, a plan, a canal: Panama", "hello", "", "x", "No lemon, no melon"} do
  io.write(tostring(pal(s)), " ")
end
print()
local function longest(s)
  local best = ""
  for i = 1, #s do
    for j = i + #best, #s do local sub = s:sub(i, j) if sub == sub:reverse() then best = sub end end
  end
  return best
end
print(longest "babad", longest "forgeeksskeegfor", longest "abc")
local function lcs(a, b)
  local m = {}
  for i = 0, #a do m[i] = {[0] = 0} end
  for j = 0, #b do m[0][j] = 0 end
  for i = 1, #a do
    for j = 1, #b do
      m[i][j] = a:byte(i) == b:byte(j) and m[i - 1][j - 1] + 1 or math.max(m[i - 1][j], m[i][j - 1])
    end
  end
  return m[#a][#b]
end
print(lcs("AGGTAB", "GXTXAYB"), lcs("", "x"))
