-- Word counts, wrapping, justification, CSV, templates, Caesar and run-length coding.
local text =
  "The quick brown fox jumps over the lazy dog. The dog sleeps; the fox runs away, quick as ever!"
local counts, order = {}, {}
for w in text:lower():gmatch("%a+") do
  if not counts[w] then counts[w] = 0 order[#order + 1] = w end
  counts[w] = counts[w] + 1
end
table.sort(order, function(a, b)
  return counts[a] > counts[b] or counts[a] == counts[b] and a < b
end)
for i = 1, 5 do io.write(order[i], "=", counts[order[i]], " ") end
print()
local function wrap(s, w)
  local lines, line = {}, ""
  for word in s:gmatch("%S+") do
    if #line + #word + 1 > w and line ~= "" then
      lines[#lines + 1] = line line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return lines
end
for _, l in ipairs(wrap(text, 30)) do print(("%-30s|%30s|"):format(l, l)) end
local function justify(l, w)
  local words = {}
  for x in l:gmatch("%S+") do words[#words + 1] = x end
  if #words == 1 then return l end
  local len = #table.concat(words)
  local gaps, out = #words - 1, {}
  for i, x in ipairs(words) do
    out[#out + 1] = x
    if i <= gaps then
      local n = (w - len) // gaps + (i <= (w - len) % gaps and 1 or 0)
      out[#out + 1] = (" "):rep(n)
    end
  end
  return table.concat(out)
end
for _, l in ipairs(wrap(text, 24)) do print("|" .. justify(l, 24) .. "|") end
local function csv(line)
  local out, pos = {}, 1
  while true do
    if line:sub(pos, pos) == '"' then
      local v = ""
      repeat
        local chunk, e = line:match('^"([^"]*)"()', pos)
        v = v .. chunk pos = e
        if line:sub(pos, pos) == '"' then v = v .. '"' end
      until line:sub(pos, pos) ~= '"'
      out[#out + 1] = v pos = pos + 1
    else
      local v, e = line:match("^([^,]*)()", pos)
      out[#out + 1] = v pos = e + 1
    end
    if pos > #line + 1 then return out end
  end
end
print(table.concat(csv 'a,"b, c","d ""q""",,e', "|"), #csv ",,", #csv "x")
local function template(s, env)
  return (s:gsub("{{%s*(.-)%s*}}", function(e)
    local f = load("return " .. e, "=t", "t", env)
    return f and tostring(f()) or "?"
  end))
end
print(template("Hi {{name}}, {{ n + 1 }} {{ n > 1 and 'items' or 'item' }} {{ +++ }}",
  {name = "Ann", n = 2}))
local function caesar(s, k)
  return (s:gsub("%a", function(c)
    local base = c:match("%l") and 97 or 65
    return string.char((c:byte() - base + k) % 26 + base)
  end))
end
print(caesar(text:sub(1, 20), 3), caesar(caesar(text, 5), -5) == text)
local function rle(s) return (s:gsub("(.)%1*", function(c) return c end)) end
local function rle2(s)
  local out, i = {}, 1
  while i <= #s do
    local c = s:sub(i, i)
    local e = select(2, s:find("^" .. (c:match("%w") and c or "%" .. c) .. "+", i))
    out[#out + 1] = (e - i + 1) .. c i = e + 1
  end
  return table.concat(out)
end
print(rle "aaabbc", rle2 "aaabbbccd..",
  (rle2("xxyyyz"):gsub("(%d+)(.)", function(n, c) return c:rep(n) end)))
local function levenshtein(a, b)
  local prev = {}
  for j = 0, #b do prev[j] = j end
  for i = 1, #a do
    local cur = {[0] = i}
    for j = 1, #b do
      cur[j] = math.min(prev[j] + 1, cur[j - 1] + 1,
        prev[j - 1] + (a:byte(i) == b:byte(j) and 0 or 1))
    end
    prev = cur
  end
  return prev[#b]
end
print(levenshtein("kitten", "sitting"), levenshtein("", "abc"), levenshtein("flaw", "lawn"))
print(("racecar"):reverse() == "racecar", ("%d bottles"):rep(2, ", "):format(99, 98))
local function roman(n)
  local o = ""
  for _, p in ipairs {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
    {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} do
    while n >= p[1] do o = o .. p[2] n = n - p[1] end
  end
  return o
end
print(roman(1994), roman(2024), roman(49))
