-- Character arithmetic with tables, gsub and byte loops.
local map = {}
for i = 0, 25 do
  map[string.char(97 + i)] = string.char(97 + (i + 13) % 26)
  map[string.char(65 + i)] = string.char(65 + (i + 13) % 26)
end
local function rot(s) return (s:gsub("%a", map)) end
print(rot "Hello, World!", rot(rot "Hello, World!"))
local function vigenere(s, key, dir)
  local k = 0
  return (s:gsub("%l", function(c)
    k = k % #key + 1
    return string.char((c:byte() - 97 + dir * (key:byte(k) - 97)) % 26 + 97)
  end))
end
local e = vigenere("attack at dawn", "lemon", 1)
print(e, vigenere(e, "lemon", -1))
local freq = {}
for c in ("the quick brown fox"):gmatch("%a") do freq[c] = (freq[c] or 0) + 1 end
local ks = {}
for c in pairs(freq) do ks[#ks + 1] = c end
table.sort(ks, function(a, b) return freq[a] > freq[b] or freq[a] == freq[b] and a < b end)
for i = 1, 5 do io.write(ks[i], freq[ks[i]], " ") end
print()
local function xor(s, k)
  local o = {}
  for i = 1, #s do o[i] = string.char(s:byte(i) ~ k:byte((i - 1) % #k + 1)) end
  return table.concat(o)
end
print(xor(xor("secret", "key"), "key"), xor("abc", "abc"):byte(1, -1))
