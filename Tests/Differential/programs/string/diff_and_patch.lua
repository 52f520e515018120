-- Line differences by longest common subsequence, applied back.
local function split(s)
  local t = {}
  for l in (s .. "\n"):gmatch("(.-)\n") do t[#t + 1] = l end
  return t
end
local function diff(a, b)
  local L = {}
  for i = #a + 1, 1, -1 do
    L[i] = {}
    for j = #b + 1, 1, -1 do
      if i > #a or j > #b then
        L[i][j] = 0
      elseif a[i] == b[j] then
        L[i][j] = L[i + 1][j + 1] + 1
      else
        L[i][j] = math.max(L[i + 1][j], L[i][j + 1])
      end
    end
  end
  local i, j, out = 1, 1, {}
  while i <= #a or j <= #b do
    if i <= #a and j <= #b and a[i] == b[j] then
      out[#out + 1] = " " .. a[i] i, j = i + 1, j + 1
    elseif j > #b or i <= #a and L[i + 1][j] >= L[i][j + 1] then
      out[#out + 1] = "-" .. a[i] i = i + 1
    else
      out[#out + 1] = "+" .. b[j] j = j + 1
    end
  end
  return out
end
local a, b = split "one\ntwo\nthree\nfour", split "one\n2\nthree\nthree and a half\nfour"
local d = diff(a, b)
for _, l in ipairs(d) do print(l) end
local function apply(d, keep)
  local o = {}
  for _, l in ipairs(d) do
    local c = l:sub(1, 1)
    if c == " " or c == keep then o[#o + 1] = l:sub(2) end
  end
  return table.concat(o, "|")
end
print(apply(d, "+") == table.concat(b, "|"), apply(d, "-") == table.concat(a, "|"), #diff({}, {}),
  #diff({"x"}, {}), diff({}, {"y"})[1])
