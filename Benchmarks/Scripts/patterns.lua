-- The pattern matcher: find, match, gmatch and gsub with string, table and function.
local n = tonumber(arg and arg[1]) or 900

local parts = {}
for i = 1, 60 do
  parts[i] = string.format(
    "2024-%02d-%02d host%d app[%d]: user=%s took %d.%02d ms <tag%d> \"quoted %d\"",
    i % 12 + 1, i % 28 + 1, i % 5, i * 31, ("abcdefgh"):sub(i % 7 + 1), i * 7, i % 100, i, i)
end
local text = table.concat(parts, "\n") .. "\n"

local names = { user = "USER", took = "TOOK", quoted = "Q" }
local words, digits, lines, replaced, hash = 0, 0, 0, 0, 0
for round = 1, n do
  for word in text:gmatch("%a+") do words = words + #word end
  for line in text:gmatch("[^\n]*\n") do
    lines = lines + 1
    local year, month, day = line:match("^(%d+)-(%d+)-(%d+)")
    digits = digits + #year + month + day
    local user = line:match("user=(%w+)")
    hash = (hash * 31 + #user) % 1000000007
    if line:find("<tag" .. round % 60 .. ">", 1, true) then hash = hash + 1 end
  end
  local out, count = text:gsub("%w+", names)
  replaced = replaced + count + #out
  out, count = text:gsub("(%d+)%.(%d+)", "%2,%1")
  replaced = replaced + count + #out
  out, count = text:gsub('"(.-)"', function(inner) return "'" .. inner:upper() .. "'" end)
  replaced = replaced + count + #out
end
print(string.format("patterns %d %d %d %d %d %d", n, words, digits, lines, replaced, hash))
